import CKernels
import Glibc
package import Neural

/// The running state of one request in both transformers: two guidance rows, conditional and null.
///
/// T1 and T2 advance separately; T2 needs T1's outputs of the columns it reads.
package final class TrackDecoder {
  private let model: LanguageModel
  private let pool: ThreadPool
  private let mainCache: KVCache
  private let subCache: KVCache
  private let scratch = TransformerScratch()
  private var hidden = FloatBuffer(count: 0)
  private var bridgeInput = FloatBuffer(count: 0)
  private var bridgeHidden = FloatBuffer(count: 0)
  /// Is shown activations, by the reference's module names.
  package var probe: ActivationProbe?

  /// A decoder for `columns` columns after the prefix.
  package init(_ model: LanguageModel, columns: Int, pool: ThreadPool) {
    self.model = model
    self.pool = pool
    let capacity = model.config.prefixLength + columns
    mainCache = KVCache(shape: model.config.main, rows: 2, capacity: capacity)
    subCache = KVCache(shape: model.config.sub, rows: 2, capacity: capacity)
  }

  /// Takes `positions` empty positions for read, to time a step at that depth.
  package func assumePast(_ positions: Int) {
    mainCache.length = positions
    subCache.length = positions
  }

  /// Runs T1 over `prefix` [2, P, D] (nil after the first call), then `columns` of codebook 0.
  ///
  /// - Returns: normed outputs h1 [2, P + columns, D].
  package func advanceMixed(prefix: FloatBuffer?, columns: [Int32]) -> FloatBuffer {
    let x = input(prefix: prefix, columns: [columns], tables: [model.embeddings[0]])
    let count = x.count / (2 * model.config.main.width)
    model.transformer.forward(
      x.base, count: count, cache: mainCache, scratch: scratch, pool: pool,
      probe: named("transformer."))
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
    model.bridgeIn.multiply(bridgeInput.base, count: vectors, into: bridgeHidden.base, pool: pool)
    for i in 0..<vectors {
      let row = bridgeHidden.base + i * width
      for j in 0..<width {
        let v = row[j] + model.bridgeInBias[j]
        row[j] = 0.5 * v * (1 + erff(v * 0.70710678))
      }
    }
    model.bridgeOut.multiply(bridgeHidden.base, count: vectors, into: x.base, pool: pool)
    for i in 0..<vectors {
      let row = x.base + i * width
      for j in 0..<width { row[j] += model.bridgeOutBias[j] }
    }
    probe?("bridge_mlp", UnsafePointer(x.base), width)
    model.transformer2.forward(
      x.base, count: vectors / 2, cache: subCache, scratch: scratch, pool: pool,
      probe: named("transformer2."))
    return x
  }

  /// Logits [2, C + 1] of `codebook` at one position of a forward pass's output [2, count, D].
  package func logits(codebook: Int, of output: FloatBuffer, position: Int) -> FloatBuffer {
    let head = model.heads[codebook]
    let width = model.config.main.width
    let result = FloatBuffer(count: 2 * head.rows)
    head.multiply(
      output.base + position * width, stride: output.count / 2, count: 2, into: result.base,
      pool: pool)
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
