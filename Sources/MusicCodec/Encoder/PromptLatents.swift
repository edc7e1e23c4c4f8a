import Diagnostics
public import Neural
public import Weights

/// Latents that the decoder's first window continues: those of vocal and accompaniment together.
///
/// The reference encodes the sum of both stems at their own level and draws from the bottleneck, with a
/// new draw each time; here the draw comes from a seed. A whole code has one latent; a prompt of 10 s
/// has 250, and 251 codes.
public final class PromptLatents: Sendable {
  private let encoder: VAEEncoder

  /// Opens the autoencoder of a model.
  ///
  /// - Throws: `unavailable` when the model has none, `data` when it lacks the encoder.
  public init(_ model: ModelDirectory) throws(WeightsFailure) {
    encoder = try VAEEncoder(VAEConfig(model.file(.vaeConfig)), model.tensors(.vae))
  }

  /// Numbers of a latent.
  public var width: Int { encoder.config.decoder.latent }
  /// Latents of a recording.
  public func count(samples: Int) -> Int { samples / encoder.config.ratio }

  /// The latents of a recording, [count, width], not normalised.
  ///
  /// - Parameters:
  ///   - recording: vocal + accompaniment, as ``Recording/added(to:gain:)`` gives it, or the song.
  ///   - gain: what it is divided by first (``EncodedPrompt/gain``).
  ///   - seed: of the draw; without one, the means are taken.
  /// - Throws: `data` for a recording that cannot be encoded; what the recording throws.
  public func encode(
    _ recording: Recording, gain: Float = 1, seed: UInt64?, pool: ThreadPool
  ) throws(CodecFailure) -> [Float] {
    _ = try recording.survey()
    let recording = gain == 1 ? recording : recording.divided(by: gain)
    let statistics = try encoder.encode(recording, length: recording.frames, pool: pool)
    let count = statistics.count / 2
    let noise = [Float](unsafeUninitializedCapacity: count) { buffer, initialised in
      buffer.initialize(repeating: 0)
      if let seed {
        // A stream of its own, far from those of the decoder's windows.
        Philox(seed: seed, stream: 3 << 32).fillNormals(buffer, at: 0)
      }
      initialised = count
    }
    return encoder.sample(statistics, noise: noise)
  }
}
