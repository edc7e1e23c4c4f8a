import CKernels

/// Rows of quantised numbers [rows, width]: the left operand of ``IntegerWeights``.
///
/// Rows may be written from several threads, each row by one.
public final class IntegerRows: @unchecked Sendable {
  public let element: IntegerElement
  public let rows: Int
  public let width: Int
  /// Elements from one row to the next.
  private let pitch: Int
  private let groups: Int
  private let storage: FloatBuffer
  private let scales: FloatBuffer

  public init(_ element: IntegerElement, rows: Int, width: Int) {
    self.element = element
    self.rows = rows
    self.width = width
    pitch = sgk_integer_pitch(width)
    groups = IntegerElement.scales(width: width)
    storage = FloatBuffer(count: (rows * pitch * element.size + 3) / 4)
    scales = FloatBuffer(count: rows * groups)
  }

  /// Quantises `width` floats to a row.
  public func set(_ row: Int, _ x: UnsafePointer<Float>) {
    sgk_integer_quantise(
      element.rawValue, x, width, data(row), scales.base + row * groups)
  }

  /// Makes a row one of zeros.
  public func clear(_ row: Int) {
    (scales.base + row * groups).update(repeating: 0, count: groups)
  }

  /// Copies `count` rows of a buffer of the same width, or of this one.
  public func copy(_ other: IntegerRows, from source: Int, count: Int, to target: Int) {
    data(target).copyMemory(from: other.data(source), byteCount: count * pitch * element.size)
    (scales.base + target * groups).update(
      from: other.scales.base + source * groups, count: count * groups)
  }

  /// Multiplies the scales of a row: those of its elements.
  public func scale(_ row: Int, by factor: Float) {
    for group in row * groups..<(row + 1) * groups { scales.base[group] *= factor }
  }

  /// The rows from `first` on, for a convolution those of all taps.
  func operand(from first: Int, segments: Int, step: Int) -> sgk_integer_rows {
    sgk_integer_rows(
      data: data(first), scales: scales.base + first * groups, width: width, pitch: pitch,
      segments: segments, step: step)
  }

  private func data(_ row: Int) -> UnsafeMutableRawPointer {
    UnsafeMutableRawPointer(storage.base) + row * pitch * element.size
  }
}
