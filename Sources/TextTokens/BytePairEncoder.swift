/// Byte-pair merging of one pre-token.
///
/// Rounds as in the published algorithm: the neighbouring pair of the lowest rank is taken, all its
/// occurrences are merged from left to right, and so on until no pair is in the table.
///
/// - Complexity: O(n log n) for n bytes: a linked list with a heap of candidates. A candidate that
///   a merge has made void is recognised when it comes up.
struct BytePairEncoder {
  private let merges: MergeTable
  private var ids: [Int32] = []
  private var next: [Int] = []
  private var previous: [Int] = []
  private var candidates = MergeQueue()
  private var round: [Int] = []

  init(merges: MergeTable) {
    self.merges = merges
  }

  /// Appends the pieces that `bytes` (given as the ids of the single bytes) merge to.
  mutating func encode(_ bytes: some Collection<Int32>, into output: inout [Int32]) {
    ids = Array(bytes)
    let count = ids.count
    next = Array(1..<(count + 1))
    previous = Array(-1..<(count - 1))
    for position in 0..<max(0, count - 1) { offer(position) }
    while let rank = candidates.lowestRank {
      round.removeAll(keepingCapacity: true)
      while candidates.lowestRank == rank, let position = candidates.pop() {
        if merge(position, rank: rank) { round.append(position) }
      }
      for position in round {
        if previous[position] >= 0 { offer(previous[position]) }
        offer(position)
      }
    }
    var position = 0
    while position < count {
      output.append(ids[position])
      position = next[position]
    }
  }

  /// Puts the pair that starts at `position` up for merging.
  private mutating func offer(_ position: Int) {
    let right = next[position]
    guard right < ids.count, let merge = merges[ids[position], ids[right]] else { return }
    candidates.push(rank: merge.rank, position: position)
  }

  /// Merges the pair at `position` if it still has this rank; a swallowed position has id -1.
  private mutating func merge(_ position: Int, rank: Int32) -> Bool {
    let right = next[position]
    guard ids[position] >= 0, right < ids.count,
      let merge = merges[ids[position], ids[right]], merge.rank == rank
    else { return false }
    ids[position] = merge.id
    ids[right] = -1
    next[position] = next[right]
    if next[right] < ids.count { previous[next[right]] = position }
    return true
  }
}
