/// Three token rows in NumPy's `.npy` form, `[3, T]`: mixed, vocal, accompaniment.
///
/// Written as little-endian `int32`, the form that LeVo2.cpp writes and reads. Any integer type of
/// 1 to 8 bytes is read, `[1, 3, T]` as well, in C or Fortran order.
/// Format: <https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html>, versions 1 to 3.
public struct NumPyTokens: Sendable, Hashable {
  /// Mixed, vocal and accompaniment, all of the same length.
  public let rows: [[UInt16]]

  /// - Parameter rows: Three rows of the same length.
  public init(rows: [[UInt16]]) throws(NumPyFailure) {
    guard rows.count == 3, Set(rows.map(\.count)).count == 1 else { throw .rows }
    self.rows = rows
  }

  /// The rows as an `.npy` file.
  public func encoded() -> [UInt8] {
    let shape = "(3, \(rows[0].count))"
    let text = "{'descr': '<i4', 'fortran_order': False, 'shape': \(shape), }"
    // Magic, version and length are 10 bytes; the data begins at a multiple of 64.
    let length = (10 + text.utf8.count + 1 + 63) / 64 * 64 - 10
    var bytes = Self.magic + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)]
    bytes += text.utf8
    bytes += Array(repeating: UInt8(ascii: " "), count: length - text.utf8.count - 1)
    bytes.append(UInt8(ascii: "\n"))
    for token in rows.joined() { bytes += [UInt8(token & 0xFF), UInt8(token >> 8), 0, 0] }
    return bytes
  }

  static let magic: [UInt8] = [0x93] + "NUMPY".utf8

  /// The rows in an `.npy` file.
  ///
  /// - Parameters:
  ///   - vocab: Every token must be below this; at most 65536.
  ///   - frames: The longest song, in frames.
  public init(parsing bytes: [UInt8], vocab: Int, frames limit: Int) throws(NumPyFailure) {
    let header = try NumPyHeader(bytes)
    var shape = header.shape
    if shape.count == 3, shape[0] == 1 { shape.removeFirst() }
    guard shape.count == 2, shape[0] == 3 else { throw .shape(header.shape) }
    let count = shape[1]
    guard (1...max(1, limit)).contains(count) else { throw .frames(count, limit: limit) }
    let size = header.size
    let data = bytes[header.length...]
    guard data.count == 3 * count * size else {
      throw .dataSize(expected: 3 * count * size, found: data.count)
    }
    var rows: [[UInt16]] = []
    for row in 0..<3 {
      var tokens: [UInt16] = []
      tokens.reserveCapacity(count)
      for frame in 0..<count {
        let element = header.isFortranOrder ? frame * 3 + row : row * count + frame
        let start = data.startIndex + element * size
        let value = header.integer(data[start..<start + size])
        guard let token = UInt16(exactly: value), Int(token) < vocab else {
          throw .token(value, row: row, frame: frame, vocab: vocab)
        }
        tokens.append(token)
      }
      rows.append(tokens)
    }
    self.rows = rows
  }
}
