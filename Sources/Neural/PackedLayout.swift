import CKernels

/// How the integers of a packed matrix are stored.
public enum PackedFormat: Int32, Sendable, CaseIterable {
  /// 8 bits, -127 to 127.
  case q8 = 3
  /// 4 bits, -8 to 7, stored as 0 to 15.
  case q4 = 4

  /// What the name of the tensor with the integers ends in; that with the scales ends in `.scale`.
  public var suffix: String { self == .q8 ? ".q8" : ".q4" }

  /// Bytes per weight, its share of the scale included.
  public var bytesPerWeight: Double { self == .q8 ? 1.0625 : 0.5625 }
}

/// How a matrix [rows, columns] is cut up when it is packed: panels of 16 rows, groups of 32 columns,
/// both padded with zeros (`sgk_packed.h` has the order of the bytes).
public struct PackedLayout: Sendable, Hashable {
  /// Rows of a panel.
  public static let panelRows = 16
  /// Columns that share a scale.
  public static let groupColumns = 32

  public let format: PackedFormat
  /// Outputs.
  public let rows: Int
  /// Inputs.
  public let columns: Int

  /// The layout of a matrix of at least one row and column.
  public init(_ format: PackedFormat, rows: Int, columns: Int) {
    self.format = format
    self.rows = rows
    self.columns = columns
  }

  public var panels: Int { (rows + Self.panelRows - 1) / Self.panelRows }
  public var groups: Int { (columns + Self.groupColumns - 1) / Self.groupColumns }
  /// Shape of the integers: I8 [panels, groups, 8, 16, 4] or U8 [panels, groups, 4, 16, 4].
  public var valueShape: [Int] { [panels, groups, format == .q8 ? 8 : 4, Self.panelRows, 4] }
  /// Shape of the scales: F16 [panels, groups, 16].
  public var scaleShape: [Int] { [panels, groups, Self.panelRows] }
  /// Bytes of the integers of a panel.
  public var panelBytes: Int { groups * (format == .q8 ? 512 : 256) }
  /// Scales of a panel.
  public var panelScales: Int { groups * Self.panelRows }
  /// Bytes of all integers.
  public var valueBytes: Int { panels * panelBytes }
  /// The number of all scales.
  public var scaleCount: Int { panels * panelScales }

  /// Rows of panel `panel`.
  public func rowRange(panel: Int) -> Range<Int> {
    panel * Self.panelRows..<min(rows, (panel + 1) * Self.panelRows)
  }

  /// Packs the rows of one panel, f32 [rowRange.count, columns] with `stride`, rounding them.
  ///
  /// - Parameters:
  ///   - values: the first of the panel's ``panelBytes`` bytes.
  ///   - scales: the first of its ``panelScales`` scales, f16.
  public func pack(
    panel: Int, _ source: UnsafePointer<Float>, stride: Int,
    values: UnsafeMutableRawPointer, scales: UnsafeMutablePointer<UInt16>
  ) {
    sgk_pack_panel(
      format.rawValue, source, stride, rowRange(panel: panel).count, columns, values, scales)
  }

  /// Puts one group of 32 integers of a row of a panel in place, without loss: -127 to 127, or -8 to 7.
  public func put(
    row: Int, group: Int, integers: UnsafePointer<Int8>, scale: UInt16,
    values: UnsafeMutableRawPointer, scales: UnsafeMutablePointer<UInt16>
  ) {
    sgk_pack_group(format.rawValue, row, group, integers, scale, values, scales)
  }
}
