import CKernels

/// A weight matrix [rows, columns] = [out, in] of small integers with a scale for each group of 32, in
/// the order in which the multipliers want it; usually in a mapped file.
public struct PackedMatrix: @unchecked Sendable {
  public let layout: PackedLayout
  /// The first of `layout.valueBytes` bytes.
  public let values: UnsafeRawPointer
  /// The first of `layout.scaleCount` scales, f16.
  public let scales: UnsafePointer<UInt16>
  private let owner: AnyObject

  /// A matrix over memory that `owner` keeps alive.
  public init(
    _ layout: PackedLayout, values: UnsafeRawPointer, scales: UnsafePointer<UInt16>,
    owner: AnyObject
  ) {
    self.layout = layout
    self.values = values
    self.scales = scales
    self.owner = owner
  }

  /// Packs a matrix into memory of its own.
  public init(_ matrix: WeightMatrix, as format: PackedFormat, pool: ThreadPool) {
    let layout = PackedLayout(format, rows: matrix.rows, columns: matrix.columns)
    let values = FloatBuffer(count: (layout.valueBytes + 3) / 4)
    let scales = FloatBuffer(count: (layout.scaleCount + 1) / 2)
    let owner = [values, scales]
    nonisolated(unsafe) let valueBase = UnsafeMutableRawPointer(values.base)
    nonisolated(unsafe) let scaleBase = UnsafeMutableRawPointer(scales.base)
      .assumingMemoryBound(to: UInt16.self)
    pool.run(layout.panels) { panel in
      let rows = layout.rowRange(panel: panel)
      withUnsafeTemporaryAllocation(of: Float.self, capacity: rows.count * layout.columns) { wide in
        guard let base = wide.baseAddress else { return }
        for (index, row) in rows.enumerated() {
          matrix.copyRow(row, to: base + index * layout.columns)
        }
        layout.pack(
          panel: panel, base, stride: layout.columns,
          values: valueBase + panel * layout.panelBytes,
          scales: scaleBase + panel * layout.panelScales)
      }
    }
    self.init(
      layout, values: UnsafeRawPointer(valueBase), scales: UnsafePointer(scaleBase),
      owner: owner as AnyObject)
  }

  /// Writes row `index` (`columns` elements), widened, to `target`.
  public func copyRow(_ index: Int, to target: UnsafeMutablePointer<Float>) {
    let panel = index / PackedLayout.panelRows
    sgk_unpack_row(
      layout.format.rawValue, values + panel * layout.panelBytes,
      scales + panel * layout.panelScales, index % PackedLayout.panelRows, layout.columns, target)
  }

  /// y = x W^T for the outputs of some panels, where x is quantised.
  ///
  /// - Parameter y: [x.count, rows of this matrix] with `stride`; the columns of these panels are written.
  public func multiply(
    _ x: QuantisedRows, rows: Range<Int>? = nil, panels: Range<Int>,
    into y: UnsafeMutablePointer<Float>, stride: Int
  ) {
    let rows = rows ?? 0..<x.count
    let first = panels.lowerBound * PackedLayout.panelRows
    sgk_packed_product(
      layout.format.rawValue, values + panels.lowerBound * layout.panelBytes,
      scales + panels.lowerBound * layout.panelScales, panels.count, layout.rows - first,
      layout.groups, x.values + rows.lowerBound * x.groups * PackedLayout.groupColumns,
      x.scales + rows.lowerBound * x.groups, x.biases + rows.lowerBound * x.groups, rows.count,
      y + rows.lowerBound * stride + first, stride)
  }

  /// y = x W^T, where x is quantised and y is f32 [x.count, rows] with `stride`.
  ///
  /// Same bits for any number of threads, and for each row of x whatever the others are.
  public func multiply(
    _ x: QuantisedRows, into y: UnsafeMutablePointer<Float>, stride: Int, pool: ThreadPool
  ) {
    nonisolated(unsafe) let y = y
    let tiles = PackedProduct([layout], count: x.count, pool: pool)
    pool.run(tiles.count) { task in
      let (_, panels, rows) = tiles[task]
      multiply(x, rows: rows, panels: panels, into: y, stride: stride)
    }
  }

  /// Several products with the same activations, in one loop: y[i] = x W[i]^T, [x.count, rows of W[i]].
  public static func multiply(
    _ matrices: [PackedMatrix], _ x: QuantisedRows, into y: [UnsafeMutablePointer<Float>],
    pool: ThreadPool
  ) {
    nonisolated(unsafe) let y = y
    let tiles = PackedProduct(matrices.map(\.layout), count: x.count, pool: pool)
    pool.run(tiles.count) { task in
      let (index, panels, rows) = tiles[task]
      let matrix = matrices[index]
      matrix.multiply(x, rows: rows, panels: panels, into: y[index], stride: matrix.layout.rows)
    }
  }
}
