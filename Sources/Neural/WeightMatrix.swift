import CKernels

/// A weight matrix [rows, columns] = [out, in], row-major or packed, as it lies in a file.
///
/// The bytes stay where they are (usually in a mapped file). Plain elements are widened to f32 on the
/// way to the multipliers; packed ones meet activations of int8, unless f32 is asked for.
public struct WeightMatrix: @unchecked Sendable {
  /// How one element is stored.
  public enum Element: Int32, Sendable {
    /// IEEE 754 binary32.
    case float32 = 0
    /// IEEE 754 binary16.
    case float16 = 1
    /// The upper half of binary32.
    case bfloat16 = 2
    /// 8-bit integers with scales, packed.
    case q8 = 3
    /// 4-bit integers with scales, packed.
    case q4 = 4
  }

  /// Outputs.
  public let rows: Int
  /// Inputs.
  public let columns: Int
  /// How one element is stored.
  public let element: Element
  /// The matrix, if it is packed.
  public let packed: PackedMatrix?
  private let bytes: UnsafeRawPointer
  private let owner: AnyObject?

  /// A plain matrix over `bytes`, which `owner` keeps alive. There must be `rows * columns` elements,
  /// aligned.
  public init(
    rows: Int, columns: Int, element: Element, bytes: UnsafeRawPointer, owner: AnyObject
  ) {
    self.rows = rows
    self.columns = columns
    self.element = element
    self.bytes = bytes
    self.owner = owner
    packed = nil
  }

  /// A packed matrix.
  public init(_ packed: PackedMatrix) {
    rows = packed.layout.rows
    columns = packed.layout.columns
    element = packed.layout.format == .q8 ? .q8 : .q4
    bytes = packed.values
    owner = nil
    self.packed = packed
  }

  /// A matrix over a buffer of `rows * columns` elements.
  public init(rows: Int, columns: Int, _ buffer: FloatBuffer) {
    precondition(buffer.count >= rows * columns, "a buffer too small for its matrix")
    self.init(
      rows: rows, columns: columns, element: .float32, bytes: UnsafeRawPointer(buffer.base),
      owner: buffer)
  }

  /// Bytes of the elements, and of the scales where there are any.
  public var byteCount: Int {
    if let layout = packed?.layout { return layout.valueBytes + 2 * layout.scaleCount }
    return rows * columns * (element == .float32 ? 4 : 2)
  }

  /// The memory that a product reads.
  public var memory: [UnsafeRawBufferPointer] {
    guard let packed else { return [UnsafeRawBufferPointer(start: bytes, count: byteCount)] }
    return [
      UnsafeRawBufferPointer(start: packed.values, count: packed.layout.valueBytes),
      UnsafeRawBufferPointer(start: packed.scales, count: 2 * packed.layout.scaleCount),
    ]
  }

  private func row(_ index: Int) -> UnsafeRawPointer {
    bytes + index * columns * (element == .float32 ? 4 : 2)
  }

  /// Writes row `index` (`columns` elements), widened, to `target`.
  public func copyRow(_ index: Int, to target: UnsafeMutablePointer<Float>) {
    if let packed { return packed.copyRow(index, to: target) }
    sgk_widen(row(index), element.rawValue, target, columns)
  }

  /// y = x W^T, where x is [count, columns] and y is [count, rows], both f32 with the given strides.
  ///
  /// One or two rows of a plain matrix's x share each read of the weights (`sgk_gemv`); more go through
  /// a matrix product on widened blocks. A packed matrix takes x as int8, whatever the count, unless
  /// `exact`. Same bits for any number of threads.
  public func multiply(
    _ x: UnsafePointer<Float>, stride xStride: Int? = nil, count: Int,
    into y: UnsafeMutablePointer<Float>, stride yStride: Int? = nil, exact: Bool = false,
    pool: ThreadPool
  ) {
    let xStride = xStride ?? columns
    let yStride = yStride ?? rows
    if let packed, !exact {
      let quantised = QuantisedRows()
      quantised.set(x, stride: xStride, count: count, columns: columns, pool: pool)
      packed.multiply(quantised, into: y, stride: yStride, pool: pool)
      return
    }
    nonisolated(unsafe) let x = x
    nonisolated(unsafe) let y = y
    if count <= 2, packed == nil {
      let block = rows * columns < 1 << 18 ? rows : max(4, (1 << 17) / max(columns, 1) / 4 * 4)
      let tasks = (rows + max(block, 1) - 1) / max(block, 1)
      pool.run(tasks) { task in
        let first = task * block
        sgk_gemv(
          row(first), element.rawValue, min(block, rows - first), columns, x, xStride, y + first,
          yStride, Int32(count))
      }
      return
    }
    let block = 192
    pool.run((rows + block - 1) / block) { task in
      let first = task * block
      let height = min(block, rows - first)
      if element == .float32 {
        BLAS.gemm(
          transposeA: false, transposeB: true, m: count, n: height, k: columns, a: x, lda: xStride,
          b: row(first).assumingMemoryBound(to: Float.self), ldb: columns, c: y + first,
          ldc: yStride)
      } else {
        withUnsafeTemporaryAllocation(of: Float.self, capacity: height * columns) { wide in
          guard let base = wide.baseAddress else { return }
          if packed != nil {
            for index in 0..<height { copyRow(first + index, to: base + index * columns) }
          } else {
            sgk_widen(row(first), element.rawValue, base, height * columns)
          }
          BLAS.gemm(
            transposeA: false, transposeB: true, m: count, n: height, k: columns, a: x,
            lda: xStride, b: base, ldb: columns, c: y + first, ldc: yStride)
        }
      }
    }
  }
}
