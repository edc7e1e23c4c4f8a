import CodecFitting
import Foundation
import MusicCodec
import Neural
import TestSupport
import Testing
import Weights

struct CodecFitterTests {
  /// A model directory with a fitted codec.
  private func model(_ codec: FittedCodec, in scratch: Scratch) throws -> ModelDirectory {
    for file in try CodecFiles(codec).files() { _ = try scratch.write(file.bytes, to: file.name) }
    var manifest = ModelManifest()
    manifest.silentCodes = ModelManifest.SilentCodes(vocal: 0, accompaniment: 0)
    manifest.flow = CodecFiles.flow
    var encoder = ModelManifest.Encoder()
    encoder.features = .vae
    encoder.vocalGain = Double(codec.frames.vocalGain)
    manifest.encoder = encoder
    manifest.files = CodecFiles.roles
    _ = try scratch.write(manifest.encoded(), to: ModelManifest.fileName)
    return try ModelDirectory(path: scratch.url.path)
  }

  /// Twice the rate: each sample, and between two the sum of a windowed sinc.
  private func doubled(_ samples: [Float]) -> [Float] {
    let weights = (0..<40).map { index -> Float in
      let place = Double(index) + 0.5
      return Float(sin(.pi * place) / (.pi * place) * (0.5 + 0.5 * cos(.pi * place / 41)))
    }
    return (0..<2 * samples.count).map { index in
      if index % 2 == 0 { return samples[index / 2] }
      var sum: Float = 0
      for (tap, weight) in weights.enumerated() {
        let (left, right) = (index / 2 - tap, index / 2 + 1 + tap)
        sum +=
          weight
          * ((left < 0 ? 0 : samples[left])
            + (right < samples.count ? samples[right] : 0))
      }
      return sum
    }
  }

  /// What is written decodes to the song, whatever the precision, steps and noise.
  @Test func theFilesDecodeToTheSong() throws {
    let codec = try PlantedSongs.codec()
    let scratch = try Scratch()
    let model = try model(codec, in: scratch)
    let pair = PlantedSongs.pair(900)
    let rows = try FrameCodec(model).rows(
      vocal: pair.vocal, accompaniment: pair.accompaniment)
    let pool = ThreadPool(threads: 2)
    for (precision, seed, steps) in [(Precision.f32, UInt64(1), 2), (.int16, 2, 5)] {
      let decoder = try Codec(model, precision: CodecPrecision(flow: precision, vae: .f32))
      for (stem, samples) in [
        (Stem.mixed, zip(pair.vocal, pair.accompaniment).map(+)), (.vocal, pair.vocal),
        (.accompaniment, pair.accompaniment),
      ] {
        var options = SongDecoder.Options()
        options.stems = [stem]
        options.split = .independent
        options.settings = FlowSettings(steps: steps, guidance: 1)
        options.noise = .seed(seed)
        let song = try SongDecoder(decoder, options: options, pool: pool)
        try song.append(rows.vocal, to: .vocal)
        try song.append(rows.accompaniment, to: .accompaniment)
        var stereo: [Float] = []
        while let parts = try song.next(ended: true) { stereo += parts[0] }
        let heard = (0..<samples.count).map { 4 * $0 < stereo.count ? stereo[4 * $0] : 0 }
        // The codes alone are as good as this.
        #expect(PlantedSongs.quality(samples, heard) > 12, "\(stem) \(precision)")
      }
    }
  }

  /// The frames' tokens are those that the model's encoder gives to the same stems at 48 kHz.
  @Test func tokensAreThoseOfTheEncoder() throws {
    let scratch = try Scratch()
    let model = try model(PlantedSongs.codec(), in: scratch)
    let frames = try FrameCodec(model)
    let encoder = try PromptEncoder(model)
    let pair = PlantedSongs.pair(901)
    let (vocal, accompaniment) = (doubled(pair.vocal), doubled(pair.accompaniment))
    let reference = try encoder.encode(
      mixed: Recording(zip(vocal, accompaniment).map(+), channels: 1),
      vocal: Recording(vocal, channels: 1), accompaniment: Recording(accompaniment, channels: 1),
      pool: ThreadPool(threads: 2))
    let rows = frames.rows(vocal: pair.vocal, accompaniment: pair.accompaniment)
    for (ours, theirs) in [
      (rows.mixed, reference.mixed), (rows.vocal, reference.vocal),
      (rows.accompaniment, reference.accompaniment),
    ] {
      #expect(ours.count == PlantedSongs.frames && theirs.codes.count == ours.count)
      // f16 and another filter: a frame at a border may fall to the other side.
      let same = zip(ours, theirs.codes).count { $0 == $1 }
      #expect(same >= ours.count - 2)
      #expect(Set(ours).count > 8)
    }
    let silence = [Float](repeating: 0, count: 3 * FrameGrid.hop)
    let quiet = frames.rows(vocal: silence, accompaniment: silence)
    #expect(
      quiet.vocal == [0, 0, 0] && quiet.accompaniment == [0, 0, 0] && quiet.mixed == [0, 0, 0])
  }

  @Test func theSameSeedGivesTheSameBytes() throws {
    let first = try CodecFiles(PlantedSongs.codec(threads: 1)).files()
    let second = try CodecFiles(PlantedSongs.codec(threads: 3)).files()
    for (a, b) in zip(first, second) { #expect(a.bytes == b.bytes, "\(a.name)") }
    let other = try CodecFiles(PlantedSongs.codec(seed: 4)).files()
    #expect(zip(first, other).contains { $0.bytes != $1.bytes })
  }

  @Test func songsWithoutVoiceAreRefused() {
    let fitter = CodecFitter(songs: 4) { index in
      var pair = PlantedSongs.pair(index)
      pair.vocal = [Float](repeating: 0, count: pair.vocal.count)
      return pair
    }
    #expect(throws: FittingFailure.self) { try fitter.fit(pool: ThreadPool(threads: 1)) }
  }
}
