/// How products of packed matrices with the same activations are shared out: tasks of some panels by
/// some rows of activations.
public struct PackedProduct: Sendable {
  /// Tasks before each matrix, and after the last.
  private var starts = [0]
  private var panels: [(count: Int, block: Int)] = []
  private let rows: Int
  private let rowBlock: Int

  /// - Parameters:
  ///   - matrices: all with the same columns.
  ///   - count: rows of activations.
  ///   - panelMultiple: how many panels belong together.
  public init(
    _ matrices: [PackedLayout], count: Int, panelMultiple: Int = 1, pool: ThreadPool
  ) {
    rows = count
    // A block of activations stays in the second-level cache while weights stream past it.
    let groups = max(1, matrices.first?.groups ?? 1)
    rowBlock = count <= 24 ? max(count, 1) : max(24, (1 << 19) / (groups * 32) / 6 * 6)
    let total = matrices.reduce(0) { $0 + $1.panels }
    // Some tasks for each thread even out what else the machine does; a small product is one task.
    let work = total * PackedLayout.panelRows * groups * PackedLayout.groupColumns * count
    let parts = work < 1 << 18 ? 1 : 4 * pool.threads
    let share = (total + parts - 1) / parts
    // Batches take panels in pairs.
    let multiple = count < 6 ? panelMultiple : max(2, panelMultiple)
    let block = max(1, (share + multiple - 1) / multiple * multiple)
    for layout in matrices {
      let across = (layout.panels + block - 1) / block
      panels.append((layout.panels, block))
      starts.append(starts[starts.count - 1] + across * rowBlocks)
    }
  }

  private var rowBlocks: Int { (rows + rowBlock - 1) / rowBlock }

  /// The number of tasks.
  public var count: Int { starts[starts.count - 1] }

  /// What task `index` works on.
  public subscript(index: Int) -> (matrix: Int, panels: Range<Int>, rows: Range<Int>) {
    var matrix = 0
    while index >= starts[matrix + 1] { matrix += 1 }
    let task = index - starts[matrix]
    let (count, block) = panels[matrix]
    let across = (count + block - 1) / block
    let first = task % across * block
    let row = task / across * rowBlock
    return (matrix, first..<min(count, first + block), row..<min(rows, row + rowBlock))
  }
}
