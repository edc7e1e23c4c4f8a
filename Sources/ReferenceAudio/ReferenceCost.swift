import MusicCodec
public import Neural
import Separation
public import Weights

/// What encoding a reference takes, and how it fits in less memory.
public struct ReferenceCost: Sendable {
  private let encode: EncodeCost?
  private let separation: SeparationCost?
  private let latents: Bool

  /// The program, its libraries, and what records and samples need.
  private static let base = 40 << 20

  /// - Parameters:
  ///   - encodes: whether tokens are made, and not only stems.
  ///   - separates: whether the separation network of the model is needed.
  ///   - latents: whether latents are made.
  /// - Throws: `unavailable` when the model lacks a part.
  public init(
    _ model: ModelDirectory, encodes: Bool, separates: Bool, latents: Bool
  ) throws(WeightsFailure) {
    encode = encodes ? try EncodeCost(model) : nil
    separation = separates ? SeparationCost(try HTDemucsShape(model)) : nil
    self.latents = latents
  }

  /// Weights and work of each part in the order of their use.
  private var parts: [(weights: Int, work: Int)] {
    var parts: [(weights: Int, work: Int)] = []
    if let separation { parts.append((separation.weights, separation.work)) }
    if let encode {
      parts += encode.rows.map { ($0.weights, $0.work) }
      if latents { parts.append((encode.latents.weights, encode.latents.work)) }
    }
    return parts
  }

  /// Peak bytes of the process with all parts open.
  public var bytes: Int {
    Self.base + parts.reduce(0) { $0 + $1.weights } + (parts.map(\.work).max() ?? 0)
  }

  /// Peak bytes when each part is opened for each recording and closed after it.
  public var leastBytes: Int {
    Self.base + (parts.map { $0.weights + $0.work }.max() ?? 0)
  }

  /// Seconds for an excerpt.
  public func seconds(_ length: Double, pool: ThreadPool) -> Double {
    let separated =
      separation?.seconds(frames: Int(length * Double(StemLoader.separationRate)), pool: pool) ?? 0
    let samples = Int(length * Double(StemLoader.rate))
    let latents = latents && ReferenceEncoder.makesLatents(seconds: length)
    return separated + (encode?.seconds(samples: samples, latents: latents, pool: pool) ?? 0)
  }
}
