import Diagnostics
public import Neural
public import Weights

/// The encoder's half of a quantiser: the code whose row points most nearly the same way.
public final class CodeSearch: Sendable {
  private let quantiser: VectorQuantiser
  private let inWeight: FloatBuffer
  private let inBias: FloatTensor
  /// Codebook rows of length 1, [size, width].
  private let directions: FloatBuffer

  /// - Parameter key: that of the quantiser; `KEY.in_proj.weight_v` [width, condition, 1],
  ///   `.weight_g`, `.bias`.
  public init(
    _ source: any TensorSource, _ key: String, _ quantiser: VectorQuantiser
  ) throws(WeightsFailure) {
    self.quantiser = quantiser
    inWeight = try WeightNorm.fold(
      source, key + ".in_proj", shape: [quantiser.width, quantiser.condition, 1])
    inBias = try source.tensor(key + ".in_proj.bias", shape: [quantiser.width])
    directions = FloatBuffer(count: quantiser.size * quantiser.width)
    directions.base.update(from: quantiser.codebook.base, count: directions.count)
    Self.normalise(directions.base, rows: quantiser.size, width: quantiser.width)
  }

  /// Number of codes.
  var size: Int { quantiser.size }

  /// Features [frames, condition] projected to [frames, width].
  public func project(_ features: [Float]) -> [Float] {
    let frames = features.count / quantiser.condition
    var result: [Float] = []
    for _ in 0..<frames {
      result += UnsafeBufferPointer(start: inBias.base, count: quantiser.width)
    }
    result.withUnsafeMutableBufferPointer { result in
      features.withUnsafeBufferPointer { features in
        guard let out = result.baseAddress, let rows = features.baseAddress else { return }
        MatrixProduct.gemm(
          transposeA: false, transposeB: true, m: frames, n: quantiser.width,
          k: quantiser.condition, a: rows, lda: quantiser.condition, b: inWeight.base,
          ldb: quantiser.condition, beta: 1, c: out, ldc: quantiser.width)
      }
    }
    return result
  }

  /// The features that the codes stand for, [size, condition], where the projection's rows are orthonormal:
  /// its transpose undoes it.
  func features() -> FloatBuffer {
    let (size, width, condition) = (quantiser.size, quantiser.width, quantiser.condition)
    let rows = FloatBuffer(count: size * width)
    for index in 0..<rows.count {
      rows.base[index] = quantiser.codebook.base[index] - inBias.base[index % width]
    }
    let result = FloatBuffer(count: size * condition)
    MatrixProduct.gemm(
      transposeA: false, transposeB: false, m: size, n: condition, k: width, a: rows.base,
      lda: width, b: inWeight.base, ldb: condition, c: result.base, ldc: condition)
    return result
  }

  /// The nearest code of every frame; of equals the lowest.
  ///
  /// - Parameter features: [frames, condition].
  public func codes(_ features: [Float], pool: ThreadPool) -> [UInt16] {
    var projected = project(features)
    let width = quantiser.width
    let size = quantiser.size
    let frames = projected.count / width
    var codes = [UInt16](repeating: 0, count: frames)
    projected.withUnsafeMutableBufferPointer { projected in
      codes.withUnsafeMutableBufferPointer { codes in
        guard let rows = projected.baseAddress, let out = codes.baseAddress else { return }
        Self.normalise(rows, rows: frames, width: width)
        nonisolated(unsafe) let target = out
        nonisolated(unsafe) let source = rows
        let block = 32
        pool.run((frames + block - 1) / block) { task in
          let first = task * block
          let count = min(block, frames - first)
          withUnsafeTemporaryAllocation(of: Float.self, capacity: count * size) { scores in
            guard let scores = scores.baseAddress else { return }
            MatrixProduct.gemm(
              transposeA: false, transposeB: true, m: count, n: size, k: width,
              a: source + first * width, lda: width, b: directions.base, ldb: width, c: scores,
              ldc: size)
            for row in 0..<count {
              var best = 0
              for code in 1..<size where scores[row * size + code] > scores[row * size + best] {
                best = code
              }
              target[first + row] = UInt16(best)
            }
          }
        }
      }
    }
    return codes
  }

  /// Divides each row by its length, or by 1e-12 when that is larger.
  private static func normalise(_ rows: UnsafeMutablePointer<Float>, rows count: Int, width: Int) {
    for row in 0..<count {
      let x = rows + row * width
      var sum: Float = 0
      for index in 0..<width { sum += x[index] * x[index] }
      let factor = 1 / max(sum.squareRoot(), 1e-12)
      for index in 0..<width { x[index] *= factor }
    }
  }
}
