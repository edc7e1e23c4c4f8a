import Diagnostics
import FoundationEssentials
public import Weights

/// The layer table of the waveform autoencoder, from the official JSON form.
public struct VAEConfig: Sendable, Hashable {
  /// One direction of the autoencoder (Oobleck, as in stable-audio-tools).
  public struct Part: Sendable, Hashable {
    /// Channels that the multipliers multiply.
    public var channels: Int
    /// Width of each block, from the waveform towards the latents.
    public var multipliers: [Int]
    /// Stride of each block, from the waveform towards the latents.
    public var strides: [Int]
    /// Width at the latent end: latents of the decoder, mean and scale of the encoder.
    public var latent: Int

    public init(channels: Int, multipliers: [Int], strides: [Int], latent: Int) {
      self.channels = channels
      self.multipliers = multipliers
      self.strides = strides
      self.latent = latent
    }

    /// Channels at depth 0 (next to the waveform) to `strides.count`.
    var widths: [Int] { [channels] + multipliers.map { $0 * channels } }
  }

  /// Samples per second.
  public var sampleRate: Int
  /// Channels of the waveform.
  public var audioChannels: Int
  public var decoder: Part
  public var encoder: Part

  /// Samples per latent.
  public var ratio: Int { decoder.strides.reduce(1, *) }

  public init(sampleRate: Int, audioChannels: Int, decoder: Part, encoder: Part) {
    self.sampleRate = sampleRate
    self.audioChannels = audioChannels
    self.decoder = decoder
    self.encoder = encoder
  }

  /// Reads the JSON form.
  ///
  /// - Throws: `configuration` for anything that is not an Oobleck autoencoder as this library knows
  ///   it: Snake activations, even strides, no final tanh.
  public init(_ file: MappedFile) throws(WeightsFailure) {
    let raw: Raw
    do {
      raw = try JSONDecoder().decode(
        Raw.self, from: Data(file.text(limit: 1 << 16).utf8))
    } catch let error as WeightsFailure {
      throw error
    } catch {
      throw WeightsFailure(
        .configuration, "\(printable(file.name)): is not the layer table of an Oobleck autoencoder")
    }
    sampleRate = raw.sample_rate
    audioChannels = raw.model.io_channels
    decoder = raw.model.decoder.config.part
    encoder = raw.model.encoder.config.part
    if let problem = problem(raw) {
      throw WeightsFailure(.configuration, "\(printable(file.name)): \(problem)")
    }
  }

  private func problem(_ raw: Raw) -> String? {
    for part in [raw.model.decoder, raw.model.encoder] {
      guard part.type == "oobleck" else { return "only the type 'oobleck' is known" }
      guard part.config.use_snake == true else { return "only 'use_snake' true is known" }
      guard part.config.final_tanh != true else { return "'final_tanh' true is not known" }
    }
    for part in [decoder, encoder] {
      guard !part.strides.isEmpty, part.strides.count <= 16,
        part.strides.count == part.multipliers.count
      else { return "'strides' and 'c_mults' need the same length, 1 to 16" }
      guard part.strides.allSatisfy({ (2...65536).contains($0) && $0 % 2 == 0 }) else {
        return "strides are even numbers"
      }
      let sizes = part.multipliers + [part.channels, part.latent]
      guard sizes.allSatisfy({ (1...65536).contains($0) }),
        part.multipliers.allSatisfy({ $0 * part.channels <= 65536 })
      else { return "a width is out of range" }
      var ratio = 1
      for stride in part.strides { ratio = min(ratio * stride, 1 << 32) }
      guard ratio == raw.model.downsampling_ratio, ratio <= 1 << 20 else {
        return "'downsampling_ratio' is not the product of the strides"
      }
    }
    guard encoder.latent == 2 * decoder.latent else {
      return "the encoder must give twice the decoder's latents"
    }
    guard (1...64).contains(audioChannels), (1...1_000_000).contains(sampleRate) else {
      return "sample rate or channels are out of range"
    }
    return nil
  }

  // The keys of the official file.
  // swift-format-ignore: AlwaysUseLowerCamelCase
  private struct Raw: Decodable {
    struct Model: Decodable {
      let encoder: Side
      let decoder: Side
      let downsampling_ratio: Int
      let io_channels: Int
    }
    struct Side: Decodable {
      let type: String
      let config: Layers
    }
    struct Layers: Decodable {
      let channels: Int
      let c_mults: [Int]
      let strides: [Int]
      let latent_dim: Int
      let use_snake: Bool?
      let final_tanh: Bool?

      var part: Part {
        Part(channels: channels, multipliers: c_mults, strides: strides, latent: latent_dim)
      }
    }
    let sample_rate: Int
    let model: Model
  }
}
