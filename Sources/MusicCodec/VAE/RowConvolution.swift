import Glibc
import Neural
import Weights

/// A convolution over rows [time, channels], as one matrix product per block of rows.
///
/// Output row t is made of the input rows t, t + d, … t + (k - 1) d: the caller has put the padding
/// in front. A block copies its k parts side by side (a few contiguous copies per row) and multiplies
/// them with the weights [k * in, out].
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

  /// Floats of scratch that a block of `rows` needs.
  func scratch(rows: Int) -> Int { taps == 1 ? 0 : rows * taps * inputs }

  /// `count` output rows from the `count + context` input rows at `rows`, on the calling thread.
  ///
  /// - Parameter accumulate: adds to what `out` holds, instead of overwriting it.
  func apply(
    _ rows: UnsafePointer<Float>, count: Int, to out: UnsafeMutablePointer<Float>,
    accumulate: Bool = false, scratch: UnsafeMutablePointer<Float>
  ) {
    let width = taps * inputs
    var source = rows
    if taps > 1 {
      let bytes = inputs * MemoryLayout<Float>.size
      for row in 0..<count {
        for tap in 0..<taps {
          memcpy(
            scratch + row * width + tap * inputs, rows + (row + tap * dilation) * inputs, bytes)
        }
      }
      source = UnsafePointer(scratch)
    }
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
    BLAS.gemm(
      transposeA: false, transposeB: false, m: count, n: outputs, k: width, a: source, lda: width,
      b: weight.base, ldb: outputs, beta: accumulate || bias != nil ? 1 : 0, c: out, ldc: outputs)
  }

  /// Rows of one block, from the number of output rows alone, so that results do not depend on how
  /// many threads there are.
  static func block(_ rows: Int) -> Int { min(256, max(64, (rows + 7) / 8)) }
}
