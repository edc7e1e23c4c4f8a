import Neural
import Weights

/// The weights of one transformer block. Projections are stored [in, out].
struct FlowBlock: Sendable {
  /// `ln_1`, `ln_2`: weight and bias [D].
  let norms: [(weight: FloatTensor, bias: FloatTensor)]
  /// `attn.c_attn` [D, 3 D], `attn.c_proj` [D, D].
  let attention: FlowLinear
  let projection: FlowLinear
  /// `mlp.c_fc` [D, inner], `mlp.c_proj` [inner, D].
  let expansion: FlowLinear
  let contraction: FlowLinear
  /// `scale_shift_table` [6, D].
  let table: FloatTensor

  init(
    _ source: any TensorSource, _ index: Int, _ shape: FlowShape, precision: Precision,
    pool: ThreadPool?
  ) throws(WeightsFailure) {
    let key = "\(FlowShape.prefix)h.\(index)."
    let width = shape.width
    func linear(_ name: String, _ inputs: Int, _ outputs: Int) throws(WeightsFailure) -> FlowLinear
    {
      try FlowLinear(
        source, key + name, inputs: inputs, outputs: outputs, precision: precision, pool: pool)
    }
    var norms: [(weight: FloatTensor, bias: FloatTensor)] = []
    for name in ["ln_1", "ln_2"] {
      norms.append(
        (
          try source.tensor("\(key)\(name).weight", shape: [width]),
          try source.tensor("\(key)\(name).bias", shape: [width])
        ))
    }
    self.norms = norms
    attention = try linear("attn.c_attn", width, 3 * width)
    projection = try linear("attn.c_proj", width, width)
    expansion = try linear("mlp.c_fc", width, shape.inner)
    contraction = try linear("mlp.c_proj", shape.inner, width)
    table = try source.tensor(key + "scale_shift_table", shape: [6, width])
  }
}

/// A layer norm and its modulation as one: LN(x) * gain + offset.
///
/// (n w + b) (1 + scale) + shift, with n the normed x, is n * w (1 + scale) + (b (1 + scale) + shift).
struct ModulatedNorm: Sendable {
  let gain: FloatBuffer
  let offset: FloatBuffer

  init(
    weight: UnsafePointer<Float>, bias: UnsafePointer<Float>, width: Int,
    shift: (Int) -> Float, scale: (Int) -> Float
  ) {
    gain = FloatBuffer(count: width)
    offset = FloatBuffer(count: width)
    for index in 0..<width {
      let factor = 1 + scale(index)
      gain[index] = weight[index] * factor
      offset[index] = bias[index] * factor + shift(index)
    }
  }
}

/// All that the blocks need to know of a time t; the same for every frame and both branches.
package struct FlowTime: Sendable {
  struct Block: Sendable {
    let norm1: ModulatedNorm
    let gate1: FloatBuffer
    let norm2: ModulatedNorm
    let gate2: FloatBuffer
  }

  let blocks: [Block]
  let final: ModulatedNorm
}
