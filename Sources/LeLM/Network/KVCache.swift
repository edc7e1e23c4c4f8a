import Neural

/// Keys and values of all positions seen so far, for every layer, guidance row and head.
///
/// Each guidance row has a length of its own, since the prefix of the null row may be known before
/// that of the other.
protocol KVCache: AnyObject {
  /// Guidance rows.
  var rows: Int { get }
  /// Positions filled, of each row.
  var lengths: [Int] { get set }

  /// Makes room for `positions` positions.
  func reserve(positions: Int)

  /// Files one position of one head: `key` and `value` have the head's width.
  func store(
    layer: Int, row: Int, head: Int, position: Int, key: UnsafePointer<Float>,
    value: UnsafePointer<Float>)

  /// Causal attention of `count` queries, the first of which stands at `position`, over what is filed.
  ///
  /// - Parameters:
  ///   - queries: rows of the head's width, `stride` apart.
  ///   - out: the same.
  func attend(
    layer: Int, row: Int, head: Int, queries: UnsafePointer<Float>, count: Int, position: Int,
    stride: Int, scale: Float, out: UnsafeMutablePointer<Float>)

  /// A copy of the first `positions` positions of `row`.
  func snapshot(row: Int, positions: Int) -> CacheSnapshot

  /// Puts a copy back, to any row, as its first positions.
  func restore(_ snapshot: CacheSnapshot, row: Int)
}

/// The first positions of one guidance row in all layers, taken out of a cache of the same kind.
struct CacheSnapshot: Sendable {
  let positions: Int
  let parts: [FloatBuffer]
}
