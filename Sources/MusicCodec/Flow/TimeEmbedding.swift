import Glibc
package import Neural
import Weights

/// What the flow network knows of the time t: sinusoids, two small layers, and the six modulation rows
/// that all blocks share (adaLN-single, "PixArt-alpha", arXiv 2310.00426).
package struct TimeEmbedding: Sendable {
  private let features: Int
  private let width: Int
  private let first: (weight: FloatTensor, bias: FloatTensor)
  private let second: (weight: FloatTensor, bias: FloatTensor)
  private let modulation: (weight: FloatTensor, bias: FloatTensor)

  /// `adaln_single.emb.timestep_embedder.linear_1` [D, features], `linear_2` [D, D],
  /// `adaln_single.linear` [6 D, D].
  init(_ source: any TensorSource, _ shape: FlowShape) throws(WeightsFailure) {
    features = shape.time
    width = shape.width
    let prefix = FlowShape.prefix + "adaln_single."
    func linear(_ name: String, _ outputs: Int, _ inputs: Int) throws(WeightsFailure)
      -> (FloatTensor, FloatTensor)
    {
      (
        try source.tensor("\(prefix)\(name).weight", shape: [outputs, inputs]),
        try source.tensor("\(prefix)\(name).bias", shape: [outputs])
      )
    }
    first = try linear("emb.timestep_embedder.linear_1", width, features)
    second = try linear("emb.timestep_embedder.linear_2", width, width)
    modulation = try linear("linear", 6 * width, width)
  }

  /// [cos | sin] of 1000 t f, f falling geometrically from 1 to 1/10000; all in f32.
  package func sinusoid(_ t: Float) -> [Float] {
    let half = features / 2
    var result = [Float](repeating: 0, count: features)
    for k in 0..<half {
      let frequency = expf(Float(-9.210340371976184) * Float(k) / Float(half))
      let angle = t * frequency * 1000
      result[k] = cosf(angle)
      result[half + k] = sinf(angle)
    }
    return result
  }

  /// The embedding e [D] and the modulation m [6, D] of a time.
  package func vectors(_ t: Float, pool: ThreadPool) -> (embedded: [Float], modulation: [Float]) {
    let hidden = silu(apply(first, sinusoid(t), outputs: width, pool))
    let embedded = apply(second, hidden, outputs: width, pool)
    return (embedded, apply(modulation, silu(embedded), outputs: 6 * width, pool))
  }

  private func silu(_ x: [Float]) -> [Float] { x.map { $0 / (1 + expf(-$0)) } }

  private func apply(
    _ layer: (weight: FloatTensor, bias: FloatTensor), _ x: [Float], outputs: Int,
    _ pool: ThreadPool
  ) -> [Float] {
    var y = layer.bias.array
    y.withUnsafeMutableBufferPointer { y in
      x.withUnsafeBufferPointer { x in
        guard let out = y.baseAddress, let input = x.baseAddress else { return }
        pool.gemm(
          transposeA: false, transposeB: true, m: 1, n: outputs, k: x.count, a: input,
          lda: x.count, b: layer.weight.base, ldb: x.count, beta: 1, c: out, ldc: outputs)
      }
    }
    return y
  }
}
