/// The codes of one row as they come in, of which only those that can still be needed are kept.
///
/// A song that ends inside a window goes on from its own beginning, so the first codes stay.
struct CodeWindow {
  var plan: WindowPlan
  private var head: [UInt16] = []
  private var tail: [UInt16] = []
  /// The index of the first code in `tail`.
  private var offset = 0
  private(set) var count = 0

  init(_ plan: WindowPlan) { self.plan = plan }

  mutating func append(_ codes: some Collection<UInt16>) {
    head += codes.prefix(max(0, plan.size - head.count))
    tail += codes
    count += codes.count
  }

  /// The codes of window `index`; codes beyond the last are those from the first on.
  ///
  /// - Precondition: `count > 0`, and windows are asked for in order.
  mutating func codes(window index: Int) -> [UInt16] {
    let start = index * plan.hop
    if start > offset {
      tail.removeFirst(min(tail.count, start - offset))
      offset = start
    }
    return (start..<start + plan.size).map { position in
      position < count ? tail[position - offset] : head[position % count]
    }
  }
}
