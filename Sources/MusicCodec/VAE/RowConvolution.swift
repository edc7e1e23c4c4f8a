import Glibc
import Neural
import Weights

/// A convolution over rows [time, channels], as one matrix product per block of rows.
///
/// Output row t is made of the input rows t, t + d, … t + (k - 1) d: the caller has put the padding
/// in front. These windows, side by side, times the weights [k * in, out] are the convolution.
struct RowConvolution: Sendable {
  let inputs: Int
  let outputs: Int
  let taps: Int
  let dilation: Int
  private let weight: FloatBuffer
  private let bias: FloatTensor?

  /// Context rows that an output row needs besides its own.
  var context: Int { (taps - 1) * dilation }

  /// - Parameter key: `KEY.weight_v` [out, in, taps], `KEY.weight_g`, and `KEY.bias` [out].
  init(
    _ source: any TensorSource, _ key: String, inputs: Int, outputs: Int, taps: Int,
    dilation: Int = 1, hasBias: Bool = true
  ) throws(WeightsFailure) {
    self.inputs = inputs
    self.outputs = outputs
    self.taps = taps
    self.dilation = dilation
    let stored = try WeightNorm.fold(source, key, shape: [outputs, inputs, taps])
    weight = FloatBuffer(count: stored.count)
    for output in 0..<outputs {
      for input in 0..<inputs {
        for tap in 0..<taps {
          weight.base[(tap * inputs + input) * outputs + output] =
            stored.base[(output * inputs + input) * taps + tap]
        }
      }
    }
    bias = hasBias ? try source.tensor(key + ".bias", shape: [outputs]) : nil
  }

  /// `count` output rows from the `count + context` input rows at `rows`, on the calling thread.
  ///
  /// - Parameter accumulate: adds to what `out` holds, instead of overwriting it.
  func apply(
    _ rows: UnsafePointer<Float>, count: Int, to out: UnsafeMutablePointer<Float>,
    accumulate: Bool = false
  ) {
    if let bias {
      for row in 0..<count {
        let target = out + row * outputs
        if accumulate {
          for output in 0..<outputs { target[output] += bias.base[output] }
        } else {
          memcpy(target, bias.base, outputs * MemoryLayout<Float>.size)
        }
      }
    }
    MatrixProduct.convolve(
      rows: rows, channels: inputs, taps: taps, dilation: dilation, m: count, n: outputs,
      b: weight.base, beta: accumulate || bias != nil ? 1 : 0, c: out)
  }

  /// Rows of one task: enough that the weights are worth copying, few enough for all threads.
  static func block(_ rows: Int, _ pool: ThreadPool) -> Int {
    min(256, max(64, rows / (2 * pool.threads)))
  }
}
