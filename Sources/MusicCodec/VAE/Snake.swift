import CKernels
package import Neural
package import Weights

/// SnakeBeta: y = x + sin(a x)^2 / (b + 1e-9), per channel; a and b are stored as logarithms.
///
/// "Neural Networks Fail to Learn Periodic Functions and How to Fix It", arXiv 2006.08195.
package struct Snake: Sendable {
  private let alpha: FloatBuffer
  private let inverse: FloatBuffer
  /// Floats after which the parameters repeat: `channels`, or a multiple for few channels.
  private let period: Int

  /// - Parameter key: `KEY.alpha`, `KEY.beta` [channels].
  package init(_ source: any TensorSource, _ key: String, channels: Int) throws(WeightsFailure) {
    let a = try source.tensor(key + ".alpha", shape: [channels]).array
    let b = try source.tensor(key + ".beta", shape: [channels]).array
    period = channels * max(1, (256 + channels - 1) / channels)
    alpha = FloatBuffer(count: period)
    inverse = FloatBuffer(count: period)
    for index in 0..<period {
      alpha[index] = exponential(a[index % channels])
      inverse[index] = 1 / (exponential(b[index % channels]) + 1e-9)
    }
  }

  /// Whole rows; `out` may be `rows`.
  package func apply(
    _ rows: UnsafePointer<Float>, to out: UnsafeMutablePointer<Float>, count: Int, pool: ThreadPool
  ) {
    let block = period * max(1, (1 << 15) / period)
    nonisolated(unsafe) let rows = rows
    nonisolated(unsafe) let out = out
    pool.run((count + block - 1) / block) { task in
      apply(rows + task * block, to: out + task * block, count: min(block, count - task * block))
    }
  }

  /// `count` floats that begin at the start of a row.
  func apply(_ x: UnsafePointer<Float>, to y: UnsafeMutablePointer<Float>, count: Int) {
    sgk_snake(x, y, count, alpha.base, inverse.base, period)
  }
}
