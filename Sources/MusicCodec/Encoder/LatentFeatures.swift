import Diagnostics
import Neural
import Weights

/// The tokenizer of a model without MusicFM: the features are the autoencoder's latent means.
///
/// Such a model's mixed row is made of vocal x gain + accompaniment, so that it carries the words.
final class LatentFeatures: Sendable {
  let encoder: VAEEncoder
  /// What the vocal is multiplied with for the mixed row.
  let vocalGain: Float
  private let searches: [CodeRow: CodeSearch]

  /// - Parameter sources: the file of each row that is wanted.
  init(
    _ encoder: VAEEncoder, vocalGain: Float, _ sources: [CodeRow: any TensorSource]
  ) throws(WeightsFailure) {
    self.encoder = encoder
    self.vocalGain = vocalGain
    var searches: [CodeRow: CodeSearch] = [:]
    for (row, source) in sources {
      let quantiser = try VectorQuantiser(source, row.quantiser)
      guard quantiser.condition == encoder.config.decoder.latent else {
        throw WeightsFailure(
          .configuration,
          "\(printable(source.title)): a quantiser of width \(quantiser.condition) for latents of "
            + "width \(encoder.config.decoder.latent)")
      }
      searches[row] = try CodeSearch(source, row.quantiser, quantiser)
    }
    self.searches = searches
  }

  /// The codes of a recording's first `length` samples, one for each whole latent.
  func codes(
    _ row: CodeRow, _ recording: Recording, length: Int, pool: ThreadPool,
    progress: ((Double) -> Void)? = nil
  ) throws(CodecFailure) -> [UInt16] {
    guard let search = searches[row] else {
      throw CodecFailure(.unavailable, "this model was not opened for the \(row.rawValue) row")
    }
    let means = try latentMeans(recording, length: length, pool: pool, progress: progress)
    return search.codes(means, pool: pool)
  }

  /// The three rows of a song without stems, in the order of ``CodeRow``, and its level.
  ///
  /// - Throws: `unavailable` when not all rows were opened.
  func separated(
    _ song: Recording, pool: ThreadPool, progress: ((Double) -> Void)? = nil
  ) throws(CodecFailure) -> (rows: [[UInt16]], gain: Float) {
    guard let vocal = searches[.vocal], let accompaniment = searches[.accompaniment],
      let mixed = searches[.mixed]
    else {
      throw CodecFailure(.unavailable, "all three rows are needed to part a song into its stems")
    }
    guard vocal.size * accompaniment.size <= PairSearch.limit else {
      throw CodecFailure(
        .unavailable,
        "\(vocal.size) x \(accompaniment.size) pairs of codes are too many to part a song with; give "
          + "its stems")
    }
    let latents = try latentMeans(song, length: song.frames, pool: pool) { progress?($0 / 2) }
    let found = PairSearch(
      vocal: vocal.features(), accompaniment: accompaniment.features(),
      width: encoder.config.decoder.latent, pool: pool
    ).separate(latents, pool: pool) { progress?(0.5 + $0 / 2) }
    let forward = zip(latents, found.vocalLatents).map { song, part in
      song / found.gain + (vocalGain - 1) * part
    }
    return ([mixed.codes(forward, pool: pool), found.vocal, found.accompaniment], found.gain)
  }

  /// Latent means [length / ratio, latent], not normalised.
  func latentMeans(
    _ recording: Recording, length: Int, pool: ThreadPool, progress: ((Double) -> Void)? = nil
  ) throws(CodecFailure) -> [Float] {
    let latent = encoder.config.decoder.latent
    let statistics = try encoder.encode(recording, length: length, pool: pool, progress: progress)
    let frames = statistics.count / (2 * latent)
    var means: [Float] = []
    means.reserveCapacity(frames * latent)
    for frame in 0..<frames {
      means += statistics[frame * 2 * latent..<(2 * frame + 1) * latent]
    }
    return means
  }
}

extension VAEEncoder {
  /// Mean and raw scale of a recording's first `length` samples, [length / ratio, 2 * latent]; mono is
  /// taken for every channel.
  func encode(
    _ recording: Recording, length: Int, pool: ThreadPool, progress: ((Double) -> Void)? = nil
  ) throws(CodecFailure) -> [Float] {
    let channels = config.audioChannels
    guard recording.channels == channels || recording.channels == 1 else {
      throw CodecFailure(
        .data,
        "audio of \(recording.channels) channels: this model's autoencoder takes \(channels)")
    }
    let stream = VAEEncoderStream(self, pool: pool)
    var result: [Float] = []
    for start in stride(from: 0, to: length, by: Recording.piece) {
      var samples = try recording.read(start..<min(length, start + Recording.piece))
      if recording.channels != channels {
        samples = samples.flatMap { Array(repeating: $0, count: channels) }
      }
      stream.push(samples) { result += $0 }
      progress?(Double(start) / Double(length))
    }
    stream.finish { result += $0 }
    return result
  }
}
