import CKernels
import Glibc
package import Neural

/// The running state of one request in both transformers: two guidance rows, conditional and null.
///
/// T1 and T2 advance separately; T2 needs T1's outputs of the columns it reads.
package final class TrackDecoder {
  private let model: LanguageModel
  private let pool: ThreadPool
  private let arithmetic: Arithmetic
  private let mainCache: any KVCache
  private let subCache: any KVCache
  private let scratch = TransformerScratch()
  private var hidden = FloatBuffer(count: 0)
  private var bridgeInput = FloatBuffer(count: 0)
  private var bridgeHidden = FloatBuffer(count: 0)
  /// Is shown activations, by the reference's module names.
  package var probe: ActivationProbe?

  /// A decoder for `columns` columns after the prefix.
  package init(
    _ model: LanguageModel, columns: Int, arithmetic: Arithmetic? = nil, pool: ThreadPool
  ) {
    self.model = model
    self.pool = pool
    let arithmetic = arithmetic ?? model.ownArithmetic
    self.arithmetic = arithmetic
    let capacity = model.config.prefixLength + columns
    let cache = { (shape: TransformerShape) -> any KVCache in
      arithmetic.exactCache || !CompactCache.fits(shape, positions: capacity)
        ? ExactCache(shape: shape, rows: 2, capacity: capacity)
        : CompactCache(shape: shape, rows: 2)
    }
    mainCache = cache(model.config.main)
    subCache = cache(model.config.sub)
  }

  /// Takes `positions` empty positions for read, to time a step at that depth.
  package func assumePast(_ positions: Int) {
    for cache in [mainCache, subCache] {
      cache.reserve(positions: positions)
      cache.lengths = [positions, positions]
    }
  }

  /// T1's outputs of a prefix, [P, D] for each guidance row that T2 still has to read.
  package struct PrefixOutputs {
    fileprivate let rows: [FloatBuffer?]
    fileprivate let null: PrefixStore.Key?
    fileprivate let known: PrefixStore.Entry?
    fileprivate let mixed: CacheSnapshot?
  }

  /// Forgets all positions after the prefix, and with `dual` false T2's prefix too.
  package func rewind(dual: Bool) {
    let length = model.config.prefixLength
    mainCache.lengths = mainCache.lengths.map { _ in length }
    subCache.lengths = subCache.lengths.map { _ in dual ? length : 0 }
  }

  /// Runs T1 over `prefix` [2, P, D], one guidance row after the other; the null row comes from `store`
  /// if it is there.
  package func readMixedPrefix(
    _ prefix: FloatBuffer, ids: ConditionIDs, store: PrefixStore?
  ) -> PrefixOutputs {
    let key = store.map { _ in PrefixStore.Key(ids, row: 1, arithmetic: arithmetic) }
    let known = key.flatMap { store?[$0] }
    let first = read(prefix, row: 0, transformer: model.transformer, cache: mainCache)
    var second: FloatBuffer?
    if let known {
      mainCache.restore(known.mixed, row: 1)
    } else {
      second = read(prefix, row: 1, transformer: model.transformer, cache: mainCache)
    }
    scratch.release()
    let mixed =
      store != nil && known == nil
      ? mainCache.snapshot(row: 1, positions: model.config.prefixLength) : nil
    return PrefixOutputs(rows: [first, second], null: key, known: known, mixed: mixed)
  }

  /// Runs the bridge and T2 over `prefix` [2, P, D], given T1's outputs, and keeps the null row in `store`.
  package func readDualPrefix(
    _ prefix: FloatBuffer, mixed: PrefixOutputs, store: PrefixStore?
  ) {
    let width = model.config.main.width
    let length = model.config.prefixLength
    for row in 0..<2 {
      guard let outputs = mixed.rows[row] else { continue }
      let x = FloatBuffer(count: length * width)
      x.base.update(from: prefix.base + row * length * width, count: length * width)
      bridge(x, mixed: outputs)
      model.transformer2.forward(
        x.base, rows: row..<row + 1, count: length, cache: subCache, scratch: scratch,
        exact: arithmetic.exactProducts, pool: pool)
    }
    if let known = mixed.known { subCache.restore(known.dual, row: 1) }
    if let key = mixed.null, let snapshot = mixed.mixed {
      store?.keep(
        PrefixStore.Entry(mixed: snapshot, dual: subCache.snapshot(row: 1, positions: length)),
        for: key)
    }
    scratch.release()
    bridgeInput = FloatBuffer(count: 0)
    bridgeHidden = FloatBuffer(count: 0)
  }

  private func read(
    _ prefix: FloatBuffer, row: Int, transformer: Transformer, cache: any KVCache
  ) -> FloatBuffer {
    let count = prefix.count / 2
    let x = FloatBuffer(count: count)
    x.base.update(from: prefix.base + row * count, count: count)
    transformer.forward(
      x.base, rows: row..<row + 1, count: model.config.prefixLength, cache: cache,
      scratch: scratch, exact: arithmetic.exactProducts, pool: pool)
    return x
  }

  /// Runs T1 over `prefix` [2, P, D] (nil after the first call), then `columns` of codebook 0.
  ///
  /// - Returns: normed outputs h1 [2, P + columns, D].
  package func advanceMixed(prefix: FloatBuffer?, columns: [Int32]) -> FloatBuffer {
    let x = input(prefix: prefix, columns: [columns], tables: [model.embeddings[0]])
    let count = x.count / (2 * model.config.main.width)
    model.transformer.forward(
      x.base, rows: 0..<2, count: count, cache: mainCache, scratch: scratch,
      exact: arithmetic.exactProducts, pool: pool, probe: named("transformer."))
    return x
  }

  /// Runs the bridge and T2 over `prefix` [2, P, D] (nil after the first call), then `columns` of
  /// codebooks 1 and 2, given T1's outputs of the same positions, [2, P + columns, D].
  ///
  /// - Returns: normed outputs h2 [2, P + columns, D].
  package func advanceDual(
    prefix: FloatBuffer?, columns: [[Int32]], mixed: FloatBuffer
  ) -> FloatBuffer {
    let width = model.config.main.width
    let x = input(prefix: prefix, columns: columns, tables: Array(model.embeddings[1...]))
    bridge(x, mixed: mixed)
    probe?("bridge_mlp", UnsafePointer(x.base), width)
    model.transformer2.forward(
      x.base, rows: 0..<2, count: x.count / (2 * width), cache: subCache, scratch: scratch,
      exact: arithmetic.exactProducts, pool: pool, probe: named("transformer2."))
    return x
  }

  /// z = W2 GELU(W0 [x ; h1] + b0) + b2 of every vector, in place of x [_, D].
  private func bridge(_ x: FloatBuffer, mixed: FloatBuffer) {
    let width = model.config.main.width
    let vectors = x.count / width
    if bridgeInput.count < 2 * vectors * width {
      bridgeInput = FloatBuffer(count: 2 * vectors * width)
      bridgeHidden = FloatBuffer(count: vectors * width)
    }
    for i in 0..<vectors {
      let target = bridgeInput.base + 2 * i * width
      target.update(from: x.base + i * width, count: width)
      (target + width).update(from: mixed.base + i * width, count: width)
    }
    model.bridgeIn.multiply(
      bridgeInput.base, count: vectors, into: bridgeHidden.base,
      exact: arithmetic.exactProducts, pool: pool)
    for i in 0..<vectors {
      let row = bridgeHidden.base + i * width
      for j in 0..<width {
        let v = row[j] + model.bridgeInBias[j]
        row[j] = 0.5 * v * (1 + erff(v * 0.70710678))
      }
    }
    model.bridgeOut.multiply(
      bridgeHidden.base, count: vectors, into: x.base,
      exact: arithmetic.exactProducts, pool: pool)
    for i in 0..<vectors {
      let row = x.base + i * width
      for j in 0..<width { row[j] += model.bridgeOutBias[j] }
    }
  }

  /// Logits [2, C + 1] of `codebook` at one position of a forward pass's output [2, count, D].
  package func logits(codebook: Int, of output: FloatBuffer, position: Int) -> FloatBuffer {
    let head = model.heads[codebook]
    let width = model.config.main.width
    let result = FloatBuffer(count: 2 * head.rows)
    head.multiply(
      output.base + position * width, stride: output.count / 2, count: 2, into: result.base,
      exact: arithmetic.exactProducts, pool: pool)
    return result
  }

  /// Vectors [2, P + n, D]: the prefix, then the sum of the tables' rows for each column.
  private func input(
    prefix: FloatBuffer?, columns: [[Int32]], tables: [WeightMatrix]
  ) -> FloatBuffer {
    let width = model.config.main.width
    let prefixLength = prefix.map { $0.count / (2 * width) } ?? 0
    let count = prefixLength + (columns.first?.count ?? 0)
    let x = FloatBuffer(count: 2 * count * width)
    if hidden.count < width { hidden = FloatBuffer(count: width) }
    for row in 0..<2 {
      if let prefix {
        (x.base + row * count * width)
          .update(from: prefix.base + row * prefixLength * width, count: prefixLength * width)
      }
      for column in 0..<(count - prefixLength) {
        let target = x.base + (row * count + prefixLength + column) * width
        for (index, table) in tables.enumerated() {
          table.copyRow(Int(columns[index][column]), to: hidden.base)
          for i in 0..<width { target[i] += hidden[i] }
        }
      }
    }
    return x
  }

  private func named(_ prefix: String) -> ActivationProbe? {
    guard let probe else { return nil }
    return { name, values, width in probe(prefix + name, values, width) }
  }
}
