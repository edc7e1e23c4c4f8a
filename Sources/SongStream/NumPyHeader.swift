/// What stands before the data of an `.npy` file: a Python dictionary literal.
struct NumPyHeader {
  /// Bytes before the data.
  let length: Int
  let shape: [Int]
  let isFortranOrder: Bool
  /// Bytes per element.
  let size: Int
  private let isBigEndian: Bool
  private let isSigned: Bool

  /// Longest header that is read; NumPy's own are 118 bytes.
  private static let longest = 4096

  init(_ bytes: [UInt8]) throws(NumPyFailure) {
    guard bytes.starts(with: NumPyTokens.magic), bytes.count >= 12 else { throw .notNumPy }
    let sizeBytes = bytes[6] == 1 ? 2 : 4
    guard (1...3).contains(bytes[6]) else { throw .version(bytes[6]) }
    let start = 8 + sizeBytes
    let count = bytes[8..<start].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard count <= Self.longest, start + count <= bytes.count else { throw .header }
    length = start + count
    guard let text = String(validating: bytes[start..<length], as: UTF8.self) else {
      throw .header
    }
    guard let type = Self.quoted(after: "descr", in: text),
      let order = Self.value(after: "fortran_order", in: text),
      let shapeText = Self.value(after: "shape", in: text),
      let shape = Self.tuple(shapeText)
    else { throw .header }
    guard order.hasPrefix("True") || order.hasPrefix("False") else { throw .header }
    isFortranOrder = order.hasPrefix("True")
    self.shape = shape
    let letters = Array(type)
    guard letters.count == 3, "<>|".contains(letters[0]), "iu".contains(letters[1]),
      let size = letters[2].wholeNumberValue, [1, 2, 4, 8].contains(size)
    else { throw .type(type) }
    self.size = size
    isBigEndian = letters[0] == ">"
    isSigned = letters[1] == "i"
  }

  /// The element that `bytes` spell; `Int.max` for anything larger.
  func integer(_ bytes: ArraySlice<UInt8>) -> Int {
    let bits = (isBigEndian ? Array(bytes) : bytes.reversed()).reduce(UInt64(0)) {
      $0 << 8 | UInt64($1)
    }
    let unused = UInt64(64 - 8 * size)
    return isSigned ? Int(Int64(bitPattern: bits << unused) >> unused) : Int(clamping: bits)
  }

  /// What follows `'key':`, white space left out.
  private static func value(after key: String, in text: String) -> Substring? {
    for quote in ["'", "\""] {
      guard let found = text.firstRange(of: quote + key + quote) else { continue }
      let rest = text[found.upperBound...].drop { $0 == " " }
      guard rest.first == ":" else { return nil }
      return rest.dropFirst().drop { $0 == " " }
    }
    return nil
  }

  private static func quoted(after key: String, in text: String) -> String? {
    guard let rest = value(after: key, in: text), let quote = rest.first, "'\"".contains(quote),
      let end = rest.dropFirst().firstIndex(of: quote)
    else { return nil }
    return String(rest[rest.index(after: rest.startIndex)..<end])
  }

  /// The integers of `(3, 775)`, `(3, 775,)`, `(3L, 775L)`.
  private static func tuple(_ text: Substring) -> [Int]? {
    guard text.first == "(", let end = text.firstIndex(of: ")") else { return nil }
    let parts = text[text.index(after: text.startIndex)..<end].split(separator: ",")
    let integers = parts.map { part in
      Int(part.filter { $0 != " " && $0 != "L" })
    }
    let positive = integers.compactMap { $0 }.filter { $0 >= 0 && $0 < 1 << 32 }
    return positive.count == integers.count ? positive : nil
  }
}
