import Neural
public import Weights

/// A file held against an inventory.
public struct InventoryReport: Sendable {
  /// A tensor and what is to be said of it.
  public struct Finding: Sendable, Hashable {
    public let name: String
    public let text: String
  }

  /// Tensors that a song needs and the file lacks, or has in another shape.
  public internal(set) var missing: [Finding] = []
  /// The same of tensors that only reference audio needs.
  public internal(set) var missingReference: [Finding] = []
  /// Tensors with more rows than are needed, which does no harm.
  public internal(set) var spareRows: [Finding] = []
  /// Tensors that nothing here uses, with the reason.
  public internal(set) var unused: [Finding] = []
  /// Tensors that no official file is known to have.
  public internal(set) var unknown: [String] = []
  /// Tensors that are used, in the order of the file.
  public internal(set) var used: [String] = []

  /// Whether songs can be made with the file.
  public var isWhole: Bool { missing.isEmpty }
  /// Whether the file also has what reads reference audio.
  public var readsReference: Bool { missingReference.isEmpty }
}

extension Inventory {
  /// Holds a file against this inventory. A matrix may be there packed, as `NAME.q8` or `NAME.q4`.
  public func check(_ file: TensorFile) -> InventoryReport {
    var report = InventoryReport()
    var known: [String: Item] = [:]
    for item in items { known[item.name] = item }
    var hasReference = false
    for item in items {
      if case .unused = item.use { continue }
      guard let shape = shape(of: item, in: file) else {
        note(item, "is missing", &report)
        continue
      }
      if item.use == .reference { hasReference = true }
      if !item.fits(shape) {
        note(
          item, "has shape \(TensorView.text(shape)), not \(TensorView.text(item.shape))", &report)
      } else if shape != item.shape {
        report.spareRows.append(
          .init(
            name: item.name, text: "has \(shape[0]) rows; \(item.shape[0]) are needed"))
      }
    }
    for name in file.names {
      let base = Self.unpacked(name)
      if let item = known[name] ?? known[base] {
        if case .unused(let reason) = item.use {
          report.unused.append(.init(name: name, text: reason))
        } else {
          report.used.append(name)
        }
      } else if let rule = unused.first(where: { name.hasPrefix($0.prefix) }) {
        report.unused.append(.init(name: name, text: rule.reason))
      } else {
        report.unknown.append(name)
      }
    }
    // A part whose files never read reference audio lacks nothing.
    if !hasReference, items.contains(where: { $0.use == .song }) {
      report.missingReference = Array(report.missingReference.prefix(1))
    }
    return report
  }

  private func note(_ item: Item, _ text: String, _ report: inout InventoryReport) {
    let finding = InventoryReport.Finding(name: item.name, text: text)
    if item.use == .reference, role != .separator {
      report.missingReference.append(finding)
    } else {
      report.missing.append(finding)
    }
  }

  /// The shape of a tensor, were it not packed.
  private func shape(of item: Item, in file: TensorFile) -> [Int]? {
    if let shape = file.shape(of: item.name) { return shape }
    guard item.shape.count == 2 else { return nil }
    for format in PackedFormat.allCases {
      let layout = PackedLayout(format, rows: item.shape[0], columns: item.shape[1])
      if file.shape(of: item.name + format.suffix) == layout.valueShape,
        file.shape(of: item.name + ".scale") == layout.scaleShape
      {
        return item.shape
      }
    }
    return nil
  }

  /// The name of the matrix that a packed tensor belongs to.
  private static func unpacked(_ name: String) -> String {
    for suffix in PackedFormat.allCases.map(\.suffix) + [".scale"] where name.hasSuffix(suffix) {
      return String(name.dropLast(suffix.count))
    }
    return name
  }
}
