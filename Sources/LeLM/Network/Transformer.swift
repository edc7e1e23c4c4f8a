import CKernels
import Neural

/// A pre-norm LLaMA decoder without biases; both T1 and T2 are one.
///
/// Per layer: `a = x + Wo Attn(RMS(x))`, `y = a + Wdown (SiLU(Wgate n) * Wup n)` with `n = RMS(a)`;
/// after the last layer a final RMS norm.
struct Transformer: Sendable {
  static let normEpsilon: Float = 1e-5

  let shape: TransformerShape
  let layers: [TransformerLayer]
  let finalNorm: FloatBuffer  // norm.weight [D]
  let rotary: RotaryTable

  /// Appends `count` positions to the cache and leaves their normed outputs in `x`.
  ///
  /// - Parameters:
  ///   - x: [rows, count, D], overwritten.
  ///   - cache: rows and past positions; grows by `count`.
  ///   - probe: is shown activations [rows, count, D] by the name of the module that made them.
  func forward(
    _ x: UnsafeMutablePointer<Float>, count: Int, cache: KVCache, scratch: TransformerScratch,
    pool: ThreadPool, probe: ActivationProbe? = nil
  ) {
    let vectors = cache.rows * count
    let width = shape.width
    scratch.reserve(vectors: vectors, shape: shape)
    let (norm, q, k, v) = (scratch.norm, scratch.query, scratch.key, scratch.value)
    for (index, layer) in layers.enumerated() {
      for i in 0..<vectors {
        sgk_rms_norm(
          x + i * width, layer.inputNorm.base, norm.base + i * width, width, Self.normEpsilon)
      }
      probe?("layer\(index).input_layernorm", UnsafePointer(norm.base), width)
      layer.query.multiply(norm.base, count: vectors, into: q.base, pool: pool)
      layer.key.multiply(norm.base, count: vectors, into: k.base, pool: pool)
      layer.value.multiply(norm.base, count: vectors, into: v.base, pool: pool)
      store(layer: index, count: count, cache: cache, scratch: scratch)
      attend(layer: index, count: count, cache: cache, scratch: scratch, pool: pool)
      layer.output.multiply(norm.base, count: vectors, into: q.base, pool: pool)
      probe?("layer\(index).self_attn", UnsafePointer(q.base), width)
      add(q.base, to: x, count: vectors * width)
      for i in 0..<vectors {
        sgk_rms_norm(
          x + i * width, layer.postNorm.base, norm.base + i * width, width, Self.normEpsilon)
      }
      layer.gate.multiply(norm.base, count: vectors, into: scratch.gate.base, pool: pool)
      layer.up.multiply(norm.base, count: vectors, into: scratch.up.base, pool: pool)
      sgk_silu_gate(scratch.gate.base, scratch.up.base, vectors * shape.feedForward)
      layer.down.multiply(scratch.gate.base, count: vectors, into: q.base, pool: pool)
      probe?("layer\(index).mlp", UnsafePointer(q.base), width)
      add(q.base, to: x, count: vectors * width)
      probe?("layer\(index)", UnsafePointer(x), width)
    }
    for i in 0..<vectors {
      sgk_rms_norm(x + i * width, finalNorm.base, x + i * width, width, Self.normEpsilon)
    }
    probe?("norm", UnsafePointer(x), width)
    cache.length += count
  }

  /// Turns queries and keys to their positions and files keys and values in the cache.
  private func store(layer: Int, count: Int, cache: KVCache, scratch: TransformerScratch) {
    let (width, headWidth) = (shape.width, shape.headWidth)
    for row in 0..<cache.rows {
      for i in 0..<count {
        let position = cache.length + i
        let vector = (row * count + i) * width
        let (cosine, sine) = (rotary.cosine(position), rotary.sine(position))
        for head in 0..<shape.heads {
          let offset = vector + head * headWidth
          sgk_rope_half(scratch.query.base + offset, cosine, sine, headWidth)
          sgk_rope_half(scratch.key.base + offset, cosine, sine, headWidth)
          cache.keys(layer: layer, row: row, head: head)
            .advanced(by: position * headWidth)
            .update(from: scratch.key.base + offset, count: headWidth)
          cache.values(layer: layer, row: row, head: head)
            .advanced(by: position * headWidth)
            .update(from: scratch.value.base + offset, count: headWidth)
        }
      }
    }
  }

  /// Causal attention of the new positions over past and new; leaves [rows, count, D] in
  /// `scratch.norm`.
  private func attend(
    layer: Int, count: Int, cache: KVCache, scratch: TransformerScratch, pool: ThreadPool
  ) {
    let (heads, width, headWidth) = (shape.heads, shape.width, shape.headWidth)
    let scale = 1 / Float(headWidth).squareRoot()
    let past = cache.length
    nonisolated(unsafe) let cache = cache
    nonisolated(unsafe) let scratch = scratch
    if count == 1 {
      let tasks = cache.rows * heads
      let body: @Sendable (Int) -> Void = { task in
        let (row, head) = (task / heads, task % heads)
        withUnsafeTemporaryAllocation(of: Float.self, capacity: past + 1) { scores in
          let offset = row * width + head * headWidth
          sgk_attend(
            scratch.query.base + offset, cache.keys(layer: layer, row: row, head: head),
            cache.values(layer: layer, row: row, head: head), past + 1, headWidth, scale,
            scores.baseAddress, scratch.norm.base + offset)
        }
      }
      if tasks * (past + 1) * headWidth < 1 << 17 {
        for task in 0..<tasks { body(task) }
      } else {
        pool.run(tasks, body)
      }
      return
    }
    let block = 64
    let blocks = (count + block - 1) / block
    pool.run(cache.rows * heads * blocks) { task in
      let (row, head) = (task / blocks / heads, task / blocks % heads)
      let first = task % blocks * block
      let queries = min(block, count - first)
      let seen = past + first + queries
      let offset = (row * count + first) * width + head * headWidth
      withUnsafeTemporaryAllocation(of: Float.self, capacity: queries * seen) { scores in
        guard let base = scores.baseAddress else { return }
        BLAS.gemm(
          transposeA: false, transposeB: true, m: queries, n: seen, k: headWidth,
          a: scratch.query.base + offset, lda: width,
          b: cache.keys(layer: layer, row: row, head: head), ldb: headWidth, c: base, ldc: seen)
        for i in 0..<queries {
          let visible = past + first + i + 1
          sgk_softmax_scaled(base + i * seen, visible, scale)
          (base + i * seen + visible).update(repeating: 0, count: seen - visible)
        }
        BLAS.gemm(
          transposeA: false, transposeB: false, m: queries, n: headWidth, k: seen, a: base,
          lda: seen, b: cache.values(layer: layer, row: row, head: head), ldb: headWidth,
          c: scratch.norm.base + offset, ldc: width)
      }
    }
  }

  private func add(
    _ source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>, count: Int
  ) {
    for i in 0..<count { target[i] += source[i] }
  }
}

/// Sees activations while a network runs: a module's name, its output [rows, count, width], width.
package typealias ActivationProbe = (String, UnsafePointer<Float>, Int) -> Void
