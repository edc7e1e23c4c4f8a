import CKernels
import Neural
import Synchronization

/// ``FlowAttention`` in 16-bit products: a task packs the keys and values of one head, then takes the
/// queries tile by tile. What it works on stays in the cache.
struct PackedFlowAttention: Sendable {
  static let tile = 64

  let frames: Int
  let heads: Int
  let width: Int
  /// Frames that may be attended to and attend; `nil` when all do, which is the rule.
  let mask: [Bool]?

  /// - Parameters:
  ///   - qkv: [branches * frames, 3 * heads * width], biased and turned.
  ///   - queries: the queries of `qkv`, [branches * heads * frames, width].
  ///   - out: [branches * frames, heads * width].
  func apply(
    _ qkv: UnsafePointer<Float>, queries: IntegerRows, branches: Int,
    to out: UnsafeMutablePointer<Float>, scratch: AttentionScratch.Store, pool: ThreadPool
  ) {
    let all = heads * width
    let scale = 1 / Float(width).squareRoot()
    nonisolated(unsafe) let qkv = qkv
    nonisolated(unsafe) let out = out
    pool.run(branches * heads) { task in
      let (branch, head) = task.quotientAndRemainder(dividingBy: heads)
      let base = qkv + branch * frames * 3 * all + head * width
      let work = scratch.take(frames: frames, width: width)
      defer { scratch.give(work) }
      work.keys.pack(base + all, row: 3 * all, transposed: false)
      work.values.pack(base + 2 * all, row: 3 * all, transposed: true)
      let scores = work.scores.base
      for first in stride(from: 0, to: frames, by: Self.tile) {
        let count = min(Self.tile, frames - first)
        work.keys.multiply(
          queries, from: task * frames + first, count: count, into: scores, stride: frames)
        if let mask { FlowAttention.hide(scores, first: first, count: count, mask: mask) }
        sgk_softmax_rows(scores, count, frames, frames, scale, work.inverse.base)
        for row in 0..<count {
          work.weights.set(row, scores + row * frames)
          work.weights.scale(row, by: work.inverse[row])
        }
        work.values.multiply(
          work.weights, from: 0, count: count,
          into: out + (branch * frames + first) * all + head * width, stride: all)
      }
    }
  }
}

/// What a task of the attention works on.
final class AttentionScratch: Sendable {
  /// [frames, width], and its transpose for the values.
  let keys: IntegerWeights
  let values: IntegerWeights
  /// [tile, frames] before and after the softmax.
  let scores: FloatBuffer
  let weights: IntegerRows
  let inverse: FloatBuffer

  init(frames: Int, width: Int) {
    keys = IntegerWeights(.int16, outputs: frames, inputs: width)
    values = IntegerWeights(.int16, outputs: width, inputs: frames)
    scores = FloatBuffer(count: PackedFlowAttention.tile * frames)
    weights = IntegerRows(.int16, rows: PackedFlowAttention.tile, width: frames)
    inverse = FloatBuffer(count: PackedFlowAttention.tile)
  }

  /// Those that no task holds.
  final class Store: Sendable {
    private let free = Mutex<[AttentionScratch]>([])

    func take(frames: Int, width: Int) -> AttentionScratch {
      free.withLock { $0.popLast() } ?? AttentionScratch(frames: frames, width: width)
    }

    func give(_ scratch: AttentionScratch) {
      free.withLock { $0.append(scratch) }
    }
  }
}
