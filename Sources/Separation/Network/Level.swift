import Neural

/// The level of what enters a branch: it is taken away on the way in and given back on the way out.
struct Level: Sendable {
  private let mean: Double
  private let deviation: Double

  private static let epsilon = 1e-5

  /// The mean and the standard deviation (N - 1) of all numbers of `plane`.
  init(_ plane: Plane, _ pool: ThreadPool) {
    let moments = Moments(
      plane.row(0), rows: plane.rows, width: plane.frames * plane.channels,
      stride: plane.pitch * plane.channels, bias: FloatBuffer(count: 96), pool: pool)
    mean = moments.mean
    deviation = moments.deviation
  }

  /// x = (x - mean) / (1e-5 + deviation).
  func normalise(_ plane: Plane, _ pool: ThreadPool) {
    let gain = 1 / (Self.epsilon + deviation)
    plane.scale(gain: Float(gain), offset: Float(-mean * gain), pool)
  }

  /// x = x * deviation + mean.
  func restore(_ plane: Plane, _ pool: ThreadPool) {
    plane.scale(gain: Float(deviation), offset: Float(mean), pool)
  }
}
