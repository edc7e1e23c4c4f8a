/// A binary heap of merge candidates, lowest rank first, then leftmost.
struct MergeQueue {
  private var heap: [(rank: Int32, position: Int)] = []

  /// The rank of the most urgent candidate.
  var lowestRank: Int32? { heap.first?.rank }

  /// - Complexity: O(log n).
  mutating func push(rank: Int32, position: Int) {
    heap.append((rank, position))
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child] < heap[parent] else { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  /// Takes out the most urgent candidate.
  ///
  /// - Complexity: O(log n).
  mutating func pop() -> Int? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    guard !heap.isEmpty else { return first.position }
    heap[0] = last
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < heap.count && heap[child] < heap[least] {
        least = child
      }
      guard least != parent else { return first.position }
      heap.swapAt(parent, least)
      parent = least
    }
  }
}
