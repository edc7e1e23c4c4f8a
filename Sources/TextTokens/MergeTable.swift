/// Which pairs of ids merge, how urgently, and to what.
struct MergeTable: Sendable {
  /// One merge: a smaller rank goes first.
  struct Merge: Sendable {
    let rank: Int32
    let id: Int32
  }

  private var merges: [UInt64: Merge] = [:]
  /// The number of ranks given out.
  private(set) var count = 0

  /// Adds the next merge.
  mutating func append(_ left: Int32, _ right: Int32, _ merged: Int32) {
    merges[Self.key(left, right)] = Merge(rank: Int32(truncatingIfNeeded: count), id: merged)
    count += 1
  }

  /// The merge of two neighbours.
  subscript(left: Int32, right: Int32) -> Merge? { merges[Self.key(left, right)] }

  private static func key(_ left: Int32, _ right: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
  }
}
