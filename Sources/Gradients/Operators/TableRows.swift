import CKernels
import Neural

/// Rows of a table that go into rows of a result.
public struct TableRows: Sendable {
  public let table: Parameter
  /// Which row of the table, for each entry.
  public var sources: [Int32] = []
  /// Which row of the result it is added to, for each entry.
  public var targets: [Int32] = []

  public init(_ table: Parameter) {
    self.table = table
  }

  /// Adds row `source` of the table to row `target` of the result.
  public mutating func append(_ source: Int, to target: Int) {
    sources.append(Int32(truncatingIfNeeded: source))
    targets.append(Int32(truncatingIfNeeded: target))
  }
}

extension Tape {
  /// Embeddings: each of `rows` result rows is the sum of the table rows that are sent there.
  ///
  /// The indices must lie within the tables and the result.
  public func sum(_ parts: [TableRows], rows: Int, columns: Int) -> Variable {
    let y = allocate(
      rows: rows, columns: columns, followed: parts.contains { isTrained($0.table) })
    let target = value(y)
    target.update(repeating: 0, count: y.count)
    for part in parts {
      precondition(part.table.columns == columns, "\(part.table.name) is of another width")
      for (source, row) in zip(part.sources, part.targets) {
        precondition(source >= 0 && source < part.table.rows && row >= 0 && row < rows)
        sgk_accumulate(
          target + Int(row) * columns, part.table.value.base + Int(source) * columns, 1, columns)
      }
    }
    record(y) { [unowned self] dy in
      for part in parts {
        guard let gradient = gradients?.gradient(of: part.table) else { continue }
        for (source, row) in zip(part.sources, part.targets) {
          sgk_accumulate(
            gradient.base + Int(source) * columns, dy + Int(row) * columns, 1, columns)
        }
      }
    }
    return y
  }
}
