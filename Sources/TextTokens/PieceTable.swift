/// The pieces of a vocabulary: byte strings with their ids.
///
/// Keys are bytes, never `String`: Swift compares strings by canonical equivalence, a vocabulary
/// does not. All pieces lie in one array, found by an open hash table.
struct PieceTable: Sendable {
  private var arena: [UInt8] = []
  /// Entry e covers `arena[ends[e - 1]..<ends[e]]`.
  private var ends: [Int] = []
  private var ids: [Int32] = []
  /// Entry numbers; -1 is free. The count is a power of two, at least twice the entries.
  private var slots = [Int32](repeating: -1, count: 1024)

  /// The number of pieces.
  var count: Int { ids.count }
  /// One more than the largest id.
  private(set) var rows = 0

  /// The id of `piece`.
  func id(of piece: [UInt8]) -> Int32? {
    let entry = slots[slot(of: piece)]
    return entry < 0 ? nil : ids[Int(entry)]
  }

  /// Adds a piece; false if it is there already.
  mutating func insert(_ piece: [UInt8], id: Int32) -> Bool {
    let slot = slot(of: piece)
    guard slots[slot] < 0 else { return false }
    slots[slot] = Int32(truncatingIfNeeded: ids.count)
    arena += piece
    ends.append(arena.count)
    ids.append(id)
    rows = max(rows, Int(id) + 1)
    if ids.count * 2 > slots.count { grow() }
    return true
  }

  /// All pieces by id; `nil` when an id between them is free.
  var ordered: [[UInt8]]? {
    guard rows == ids.count else { return nil }
    var result = [[UInt8]](repeating: [], count: rows)
    for entry in ids.indices { result[Int(ids[entry])] = Array(arena[range(entry)]) }
    return result
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    for entry in ids.indices {
      slots[slot(of: Array(arena[range(entry)]))] = Int32(truncatingIfNeeded: entry)
    }
  }

  private func range(_ entry: Int) -> Range<Int> {
    (entry == 0 ? 0 : ends[entry - 1])..<ends[entry]
  }

  /// Where `piece` lies, or the free slot where it belongs.
  private func slot(of piece: [UInt8]) -> Int {
    var hasher = Hasher()
    piece.withUnsafeBytes { hasher.combine(bytes: $0) }
    let mask = slots.count - 1
    var slot = hasher.finalize() & mask
    while slots[slot] >= 0, arena[range(Int(slots[slot]))] != piece[...] {
      slot = (slot + 1) & mask
    }
    return slot
  }
}
