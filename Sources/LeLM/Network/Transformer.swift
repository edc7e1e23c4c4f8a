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

  /// Appends `count` positions of some guidance rows to the cache and leaves their normed outputs in
  /// `x`.
  ///
  /// - Parameters:
  ///   - x: [rows.count, count, D], overwritten.
  ///   - rows: guidance rows with equally many past positions; these grow by `count`.
  ///   - probe: is shown activations [rows.count, count, D] by the name of the module that made them.
  func forward(
    _ x: UnsafeMutablePointer<Float>, rows: Range<Int>, count: Int, cache: any KVCache,
    scratch: TransformerScratch, exact: Bool, pool: ThreadPool, probe: ActivationProbe? = nil
  ) {
    let vectors = rows.count * count
    let width = shape.width
    scratch.reserve(vectors: vectors, shape: shape)
    cache.reserve(positions: cache.lengths[rows.lowerBound] + count)
    let (norm, q) = (scratch.norm, scratch.query)
    for (index, layer) in layers.enumerated() {
      normalise(x, layer.inputNorm, into: norm.base, vectors: vectors, pool: pool)
      probe?("layer\(index).input_layernorm", UnsafePointer(norm.base), width)
      if !exact, let matrices = layer.attentionInputs {
        scratch.narrow.set(
          norm.base, stride: width, count: vectors, columns: width, pool: pool)
        PackedMatrix.multiply(
          matrices, scratch.narrow, into: [q.base, scratch.key.base, scratch.value.base],
          pool: pool)
      } else {
        layer.query.multiply(norm.base, count: vectors, into: q.base, exact: exact, pool: pool)
        layer.key.multiply(
          norm.base, count: vectors, into: scratch.key.base, exact: exact, pool: pool)
        layer.value.multiply(
          norm.base, count: vectors, into: scratch.value.base, exact: exact, pool: pool)
      }
      attend(layer: index, rows: rows, count: count, cache: cache, scratch: scratch, pool: pool)
      layer.output.multiply(norm.base, count: vectors, into: q.base, exact: exact, pool: pool)
      probe?("layer\(index).self_attn", UnsafePointer(q.base), width)
      add(q.base, to: x, count: vectors * width)
      normalise(x, layer.postNorm, into: norm.base, vectors: vectors, pool: pool)
      if !exact, let matrices = layer.feedForward {
        feedForward(matrices, vectors: vectors, scratch: scratch, pool: pool)
      } else {
        layer.gate.multiply(
          norm.base, count: vectors, into: scratch.gate.base, exact: exact, pool: pool)
        layer.up.multiply(
          norm.base, count: vectors, into: scratch.up.base, exact: exact, pool: pool)
        sgk_silu_gate(scratch.gate.base, scratch.up.base, vectors * shape.feedForward)
        layer.down.multiply(
          scratch.gate.base, count: vectors, into: q.base, exact: exact, pool: pool)
      }
      probe?("layer\(index).mlp", UnsafePointer(q.base), width)
      add(q.base, to: x, count: vectors * width)
      probe?("layer\(index)", UnsafePointer(x), width)
    }
    normalise(x, finalNorm, into: x, vectors: vectors, pool: pool)
    probe?("norm", UnsafePointer(x), width)
    for row in rows { cache.lengths[row] += count }
  }

  private func normalise(
    _ x: UnsafePointer<Float>, _ weight: FloatBuffer, into y: UnsafeMutablePointer<Float>,
    vectors: Int, pool: ThreadPool
  ) {
    let width = shape.width
    nonisolated(unsafe) let x = x
    nonisolated(unsafe) let y = y
    let block = 16
    pool.run((vectors + block - 1) / block) { task in
      for i in task * block..<min(vectors, (task + 1) * block) {
        sgk_rms_norm(x + i * width, weight.base, y + i * width, width, Self.normEpsilon)
      }
    }
  }

  /// The gated feed-forward block over packed matrices: `scratch.norm` [vectors, D] to
  /// `scratch.query`. A task makes the same columns of gate and up, joins them and quantises them for
  /// the third matrix.
  private func feedForward(
    _ matrices: (gate: PackedMatrix, up: PackedMatrix, down: PackedMatrix), vectors: Int,
    scratch: TransformerScratch, pool: ThreadPool
  ) {
    let wide = shape.feedForward
    scratch.narrow.set(
      scratch.norm.base, stride: shape.width, count: vectors, columns: shape.width, pool: pool)
    scratch.wide.reserve(count: vectors, columns: wide)
    // Two panels are a group of the third matrix's columns.
    let tiles = PackedProduct(
      [matrices.gate.layout], count: vectors, panelMultiple: 2, pool: pool)
    pool.run(tiles.count) { task in
      let (_, panels, rows) = tiles[task]
      let first = panels.lowerBound * PackedLayout.panelRows
      let columns = min(wide, panels.upperBound * PackedLayout.panelRows) - first
      matrices.gate.multiply(
        scratch.narrow, rows: rows, panels: panels, into: scratch.gate.base, stride: wide)
      matrices.up.multiply(
        scratch.narrow, rows: rows, panels: panels, into: scratch.up.base, stride: wide)
      for row in rows {
        let place = scratch.gate.base + row * wide + first
        sgk_silu_gate(place, scratch.up.base + row * wide + first, columns)
        scratch.wide.set(row: row, from: first, place, columns: columns)
      }
    }
    matrices.down.multiply(
      scratch.wide, into: scratch.query.base, stride: shape.width, pool: pool)
  }

  /// Turns queries and keys to their positions, files keys and values, and attends: leaves [vectors, D]
  /// in `scratch.norm`.
  private func attend(
    layer: Int, rows: Range<Int>, count: Int, cache: any KVCache, scratch: TransformerScratch,
    pool: ThreadPool
  ) {
    let (heads, width, headWidth) = (shape.heads, shape.width, shape.headWidth)
    let scale = 1 / Float(headWidth).squareRoot()
    let past = cache.lengths[rows.lowerBound]
    nonisolated(unsafe) let cache = cache
    let store: @Sendable (Int, Int) -> Void = { row, head in
      for i in 0..<count {
        let offset = (row * count + i) * width + head * headWidth
        let (cosine, sine) = (rotary.cosine(past + i), rotary.sine(past + i))
        sgk_rope_half(scratch.query.base + offset, cosine, sine, headWidth)
        sgk_rope_half(scratch.key.base + offset, cosine, sine, headWidth)
        cache.store(
          layer: layer, row: rows.lowerBound + row, head: head, position: past + i,
          key: scratch.key.base + offset, value: scratch.value.base + offset)
      }
    }
    let tasks = rows.count * heads
    if count == 1 {
      let body: @Sendable (Int) -> Void = { task in
        let (row, head) = (task / heads, task % heads)
        let offset = row * width + head * headWidth
        store(row, head)
        cache.attend(
          layer: layer, row: rows.lowerBound + row, head: head,
          queries: scratch.query.base + offset, count: 1, position: past, stride: width,
          scale: scale, out: scratch.norm.base + offset)
      }
      // A pass over little is quicker than waking anybody.
      if tasks * (past + 1) * headWidth < 1 << 17 {
        for task in 0..<tasks { body(task) }
      } else {
        pool.run(tasks, body)
      }
      return
    }
    pool.run(tasks) { store($0 / heads, $0 % heads) }
    let block = 64
    let blocks = (count + block - 1) / block
    pool.run(tasks * blocks) { task in
      let (row, head) = (task / blocks / heads, task / blocks % heads)
      let first = task % blocks * block
      let offset = (row * count + first) * width + head * headWidth
      cache.attend(
        layer: layer, row: rows.lowerBound + row, head: head,
        queries: scratch.query.base + offset, count: min(block, count - first),
        position: past + first, stride: width, scale: scale, out: scratch.norm.base + offset)
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
