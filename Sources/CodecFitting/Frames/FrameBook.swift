public import Neural

/// One codebook: latents are projected, and the code whose row points most nearly the same way is
/// theirs; of equals the lowest.
public struct FrameBook: Sendable {
  /// Number of codes.
  public let size: Int
  /// Width of a codebook row.
  public let width: Int
  /// [width, latent] and [width]: what makes a latent comparable to a row.
  public let projection: FloatBuffer
  public let bias: [Float]
  /// Rows [size, width].
  public let rows: FloatBuffer
  /// The rows, of length 1.
  private let directions: FloatBuffer

  /// - Parameters:
  ///   - projection: [width, latent].
  ///   - rows: [size, width].
  public init(projection: FloatBuffer, bias: [Float], rows: FloatBuffer) {
    self.projection = projection
    self.bias = bias
    self.rows = rows
    width = bias.count
    size = rows.count / max(1, width)
    directions = FloatBuffer(count: rows.count)
    withExtendedLifetime((rows, directions)) {
      directions.base.update(from: rows.base, count: rows.count)
      for row in 0..<size { Self.normalise(directions.base + row * width, width) }
    }
  }

  /// Divides a row by its length, or by 1e-12 when that is larger.
  static func normalise(_ row: UnsafeMutablePointer<Float>, _ width: Int) {
    var sum: Float = 0
    for index in 0..<width { sum += row[index] * row[index] }
    let factor = 1 / max(sum.squareRoot(), 1e-12)
    for index in 0..<width { row[index] *= factor }
  }

  /// Latents [count, latent] projected to [count, width].
  public func project(_ latents: UnsafePointer<Float>, count: Int) -> FloatBuffer {
    let result = FloatBuffer(count: count * width)
    let latent = projection.count / max(1, width)
    withExtendedLifetime((projection, result)) {
      for row in 0..<count {
        for index in 0..<width { result.base[row * width + index] = bias[index] }
      }
      MatrixProduct.gemm(
        transposeA: false, transposeB: true, m: count, n: width, k: latent, a: latents,
        lda: latent, b: projection.base, ldb: latent, beta: 1, c: result.base, ldc: width)
    }
    return result
  }

  /// The codes of latents [count, latent].
  public func codes(_ latents: UnsafePointer<Float>, count: Int) -> [UInt16] {
    let projected = project(latents, count: count)
    var codes = [UInt16](repeating: 0, count: count)
    withExtendedLifetime((projected, directions)) {
      NearestRow.find(
        projected.base, count: count, directions: directions.base, size: size, width: width
      ) { row, code, _ in codes[row] = UInt16(truncatingIfNeeded: code) }
    }
    return codes
  }
}
