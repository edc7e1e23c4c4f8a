import CKernels

/// Activations as a packed matrix takes them: int8 with a scale for each group of 32 columns.
///
/// The memory grows to the largest batch seen and is used again.
public final class QuantisedRows: @unchecked Sendable {
  /// Rows in use.
  public private(set) var count = 0
  /// Groups of a row in use.
  public private(set) var groups = 0
  private var valueBuffer = FloatBuffer(count: 0)
  private var scaleBuffer = FloatBuffer(count: 0)
  private var biasBuffer = FloatBuffer(count: 0)

  public init() {}

  /// Integers [count][groups * 32].
  var values: UnsafeMutablePointer<Int8> {
    UnsafeMutableRawPointer(valueBuffer.base).assumingMemoryBound(to: Int8.self)
  }
  /// Scales [count][groups].
  var scales: UnsafeMutablePointer<Float> { scaleBuffer.base }
  /// -128 times the sum of each group's integers, [count][groups].
  var biases: UnsafeMutablePointer<Int32> {
    UnsafeMutableRawPointer(biasBuffer.base).assumingMemoryBound(to: Int32.self)
  }

  /// Makes room for [count, columns]; what was in it is lost.
  public func reserve(count: Int, columns: Int) {
    self.count = count
    groups = (columns + PackedLayout.groupColumns - 1) / PackedLayout.groupColumns
    if scaleBuffer.count < count * groups {
      valueBuffer = FloatBuffer(count: count * groups * PackedLayout.groupColumns / 4)
      scaleBuffer = FloatBuffer(count: count * groups)
      biasBuffer = FloatBuffer(count: count * groups)
    }
  }

  /// Gives the memory back.
  public func release() {
    (count, groups) = (0, 0)
    valueBuffer = FloatBuffer(count: 0)
    scaleBuffer = FloatBuffer(count: 0)
    biasBuffer = FloatBuffer(count: 0)
  }

  /// Quantises row `row`, f32 [columns] of the reserved width.
  public func set(row: Int, _ x: UnsafePointer<Float>, columns: Int) {
    sgk_quantise(
      x, columns, 1, columns, values + row * groups * PackedLayout.groupColumns,
      scales + row * groups, biases + row * groups)
  }

  /// Quantises `columns` columns of row `row` from column `first` on, a multiple of 32.
  public func set(row: Int, from first: Int, _ x: UnsafePointer<Float>, columns: Int) {
    let place = row * groups + first / PackedLayout.groupColumns
    sgk_quantise(
      x, columns, 1, columns, values + place * PackedLayout.groupColumns, scales + place,
      biases + place)
  }

  /// Quantises x, f32 [count, columns] with `stride`.
  public func set(
    _ x: UnsafePointer<Float>, stride: Int, count: Int, columns: Int, pool: ThreadPool
  ) {
    reserve(count: count, columns: columns)
    nonisolated(unsafe) let x = x
    let block = count <= 2 ? count : 16
    pool.run((count + block - 1) / max(block, 1)) { task in
      for row in task * block..<min(count, (task + 1) * block) {
        set(row: row, x + row * stride, columns: columns)
      }
    }
  }
}
