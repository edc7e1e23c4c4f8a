import Neural
import Weights

/// The transposed convolution of a decoder layer: kernel 8, stride 4, two rows cut off at either end.
///
/// Every output row sees two input rows, so the four rows 4q - 2 … 4q + 1 are [x(q - 1), x(q)] times a
/// matrix [2 in, 4 out].
struct TransposedConvolution: Sendable {
  let inputs: Int
  let outputs: Int
  /// [2 * in, 4 * out].
  let weight: FloatBuffer
  /// Once for each of the four rows.
  let bias: Affine

  private let kernel: [Float]
  private let offsets: [Float]

  /// - Parameter key: `KEY.weight` [in, out, 8(, 1)], `KEY.bias` [out].
  init(
    _ source: any TensorSource, _ key: String, inputs: Int, outputs: Int, flat: [Int]
  ) throws(WeightsFailure) {
    self.init(
      inputs: inputs,
      kernel: try source.tensor(
        key + ".weight", shape: [inputs, outputs, HTDemucsShape.kernel] + flat
      ).array, offsets: try source.tensor(key + ".bias", shape: [outputs]).array)
  }

  private init(inputs: Int, kernel: [Float], offsets: [Float]) {
    let stride = HTDemucsShape.stride
    let outputs = offsets.count
    self.inputs = inputs
    self.outputs = outputs
    self.kernel = kernel
    self.offsets = offsets
    weight = FloatBuffer(count: kernel.count)
    for input in 0..<inputs {
      for output in 0..<outputs {
        let taps = (input * outputs + output) * 2 * stride
        for phase in 0..<stride {
          let column = phase * outputs + output
          weight[input * stride * outputs + column] = kernel[taps + stride + phase]
          weight[(inputs + input) * stride * outputs + column] = kernel[taps + phase]
        }
      }
    }
    bias = Affine(
      channels: stride * outputs, gain: { _ in 1 }, offset: { offsets[$0 % outputs] })
  }

  /// The same with `channels` of its outputs only.
  func selecting(_ channels: [Int]) -> TransposedConvolution {
    let taps = HTDemucsShape.kernel
    var selected: [Float] = []
    for input in 0..<inputs {
      for channel in channels {
        let first = (input * outputs + channel) * taps
        selected += kernel[first..<first + taps]
      }
    }
    return TransposedConvolution(
      inputs: inputs, kernel: selected, offsets: channels.map { offsets[$0] })
  }

  /// Gives [rows, frames, in] as [4 rows, frames, out], after `activation`.
  func frequencies(
    _ x: Plane, _ pool: ThreadPool,
    activation: @Sendable (_ x: UnsafeMutablePointer<Float>, _ count: Int) -> Void
  ) -> Plane {
    let stride = HTDemucsShape.stride
    let y = Plane(rows: stride * x.rows, frames: x.frames, channels: outputs)
    let width = stride * outputs
    pool.run(x.rows + 1) { block in
      let scratch = FloatBuffer(count: x.frames * width)
      MatrixProduct.convolve(
        rows: x.row(block - 1), channels: inputs, taps: 2, dilation: x.pitch, m: x.frames,
        n: width, b: weight.base, beta: 0, c: scratch.base)
      activation(scratch.base, x.frames * width)
      for phase in 0..<stride {
        let row = stride * block + phase - 2
        guard row >= 0, row < y.rows else { continue }
        let (source, target) = (scratch.base + phase * outputs, y.row(row))
        for frame in 0..<x.frames {
          (target + frame * outputs).update(from: source + frame * width, count: outputs)
        }
      }
      withExtendedLifetime(scratch) {}
    }
    return y
  }

  /// Gives [samples, in] as [frames, out], at most four times as many, after `activation`.
  func samples(
    _ x: Plane, frames: Int, _ pool: ThreadPool,
    activation: @Sendable (_ x: UnsafeMutablePointer<Float>, _ count: Int) -> Void
  ) -> Plane {
    let stride = HTDemucsShape.stride
    let y = Plane(rows: 1, frames: frames, channels: outputs)
    let width = stride * outputs
    pool.blocks(x.frames + 1, of: 512) { first, count in
      // Two rows too many at the beginning, and some at the end, lie where silence has to be again.
      let target = y.row(0) + first * width - 2 * outputs
      MatrixProduct.gemm(
        transposeA: false, transposeB: false, m: count, n: width, k: 2 * inputs,
        a: x.row(0) + (first - 1) * inputs, lda: inputs, b: weight.base, ldb: width, c: target,
        ldc: width)
      activation(target, count * width)
    }
    y.silenceEnds()
    return y
  }
}
