import Diagnostics
public import Weights

/// Mean and spread of the latents, per channel: what the flow sees has mean 0 and spread 1.
public struct LatentStatistics: Sendable, Hashable {
  /// Clips that the sums are made of.
  public private(set) var counts: Float
  /// Sums of the clips' means, and of their mean squares, per channel.
  public private(set) var sums: [Float]
  public private(set) var squares: [Float]

  /// Clips after which training leaves the sums alone.
  public static let frozen: Float = 100_000

  public init(counts: Float, sums: [Float], squares: [Float]) {
    self.counts = counts
    self.sums = sums
    self.squares = squares
  }

  /// `normfeat.counts` [1], `.sum_x`, `.sum_x2` [latent].
  public init(_ source: any TensorSource) throws(WeightsFailure) {
    guard let shape = source.shape(of: "normfeat.sum_x"), shape.count == 1 else {
      throw WeightsFailure(
        .data, "\(printable(source.title)): lacks the latent statistics 'normfeat.sum_x'")
    }
    counts = try source.tensor("normfeat.counts", shape: [1]).array[0]
    sums = try source.tensor("normfeat.sum_x", shape: shape).array
    squares = try source.tensor("normfeat.sum_x2", shape: shape).array
  }

  /// Mean and spread per channel; 0 and 1 before ten clips were seen.
  public var moments: (mean: [Float], deviation: [Float]) {
    guard counts >= 10 else {
      return (
        [Float](repeating: 0, count: sums.count), [Float](repeating: 1, count: sums.count)
      )
    }
    let mean = sums.map { $0 / counts }
    let deviation = zip(squares, mean).map { square, mean in
      max(square / counts - mean * mean, 0).squareRoot()
    }
    return (mean, deviation)
  }

  /// (z - mean) / max(deviation, 1e-12) of latents [frames, latent].
  public func normalised(_ latents: [Float]) -> [Float] {
    let (mean, deviation) = moments
    return latents.indices.map { index in
      let channel = index % sums.count
      return (latents[index] - mean[channel]) / max(deviation[channel], 1e-12)
    }
  }

  /// z * deviation + mean of latents [frames, latent].
  public func denormalised(_ latents: [Float]) -> [Float] {
    let (mean, deviation) = moments
    return latents.indices.map { index in
      let channel = index % sums.count
      return latents[index] * deviation[channel] + mean[channel]
    }
  }

  /// Takes in one clip [frames, latent], as training does until the sums are frozen.
  ///
  /// Only the first 600 frames count.
  public mutating func observe(_ latents: [Float]) {
    let frames = min(600, latents.count / max(1, sums.count))
    guard counts < Self.frozen, frames > 0 else { return }
    counts += 1
    for channel in sums.indices {
      var sum = 0.0
      var square = 0.0
      for frame in 0..<frames {
        let value = Double(latents[frame * sums.count + channel])
        sum += value
        square += value * value
      }
      sums[channel] += Float(sum / Double(frames))
      squares[channel] += Float(square / Double(frames))
    }
  }
}
