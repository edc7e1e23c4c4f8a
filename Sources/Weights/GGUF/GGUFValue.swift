/// A value of a GGUF key.
///
/// Strings and arrays stay in the file: a vocabulary has 150 000 strings that most readers of the
/// file never ask for. They are valid while the file lives.
enum GGUFValue: @unchecked Sendable {
  case integer(Int)
  /// A 64-bit number above what an `Int` holds.
  case huge
  case number(Double)
  case bool(Bool)
  case string(UnsafeRawBufferPointer)
  case array(GGUFValueType, count: Int, UnsafeRawBufferPointer)

  /// Reads a value and checks that all of it lies in the file.
  static func read(
    _ type: GGUFValueType, from scanner: inout GGUFScanner, depth: Int = 0
  ) throws(GGUFScanner.Problem) -> GGUFValue {
    switch type {
    case .uint8: return .integer(Int(try scanner.number(UInt8.self)))
    case .int8: return .integer(Int(try scanner.number(Int8.self)))
    case .uint16: return .integer(Int(try scanner.number(UInt16.self)))
    case .int16: return .integer(Int(try scanner.number(Int16.self)))
    case .uint32: return .integer(Int(try scanner.number(UInt32.self)))
    case .int32: return .integer(Int(try scanner.number(Int32.self)))
    case .int64: return .integer(Int(try scanner.number(Int64.self)))
    case .uint64: return Int(exactly: try scanner.number(UInt64.self)).map(integer) ?? .huge
    case .float32:
      return .number(Double(Float(bitPattern: try scanner.number(UInt32.self))))
    case .float64: return .number(Double(bitPattern: try scanner.number(UInt64.self)))
    case .bool:
      let byte = try scanner.number(UInt8.self)
      guard byte <= 1 else { throw scanner.fail("a truth value is neither 0 nor 1") }
      return .bool(byte == 1)
    case .string: return .string(try scanner.stringBytes())
    case .array: return try readArray(from: &scanner, depth: depth)
    }
  }

  private static func readArray(
    from scanner: inout GGUFScanner, depth: Int
  ) throws(GGUFScanner.Problem) -> GGUFValue {
    guard depth < 4 else { throw scanner.fail("arrays within arrays within arrays") }
    let type = try GGUFValueType.read(from: &scanner)
    let count = try scanner.count(of: "array elements", each: type.size)
    var inner = scanner
    let start = inner.offset
    if type == .string || type == .array {
      for _ in 0..<count { _ = try read(type, from: &inner, depth: depth + 1) }
    } else {
      _ = try inner.take(count * type.size)
    }
    return .array(type, count: count, try scanner.take(inner.offset - start))
  }

  /// The text of a string, if it is UTF-8.
  var text: String? {
    if case .string(let bytes) = self { String(validating: bytes, as: UTF8.self) } else { nil }
  }

  /// The strings of an array of strings, as bytes.
  var strings: [UnsafeRawBufferPointer]? {
    guard case .array(.string, let count, let bytes) = self else { return nil }
    var scanner = GGUFScanner(bytes, at: 0)
    var result: [UnsafeRawBufferPointer] = []
    result.reserveCapacity(count)
    for _ in 0..<count {
      guard let string = try? scanner.stringBytes() else { return nil }
      result.append(string)
    }
    return result
  }

  /// The integers of an array of integers.
  var integers: [Int]? {
    guard case .array(let type, let count, let bytes) = self else { return nil }
    var scanner = GGUFScanner(bytes, at: 0)
    var result: [Int] = []
    guard type != .string, type != .array else { return nil }
    for _ in 0..<count {
      guard case .integer(let value)? = try? Self.read(type, from: &scanner) else { return nil }
      result.append(value)
    }
    return result
  }
}

/// The types of values, by their numbers in the format.
enum GGUFValueType: UInt32, Sendable {
  case uint8, int8, uint16, int16, uint32, int32, float32, bool, string, array
  case uint64, int64, float64

  /// Bytes of a number; the fewest that a string or an array takes.
  var size: Int {
    switch self {
    case .uint8, .int8, .bool: 1
    case .uint16, .int16: 2
    case .uint32, .int32, .float32: 4
    case .uint64, .int64, .float64, .string: 8
    case .array: 12
    }
  }

  static func read(from scanner: inout GGUFScanner) throws(GGUFScanner.Problem) -> GGUFValueType {
    let number = try scanner.number(UInt32.self)
    guard let type = GGUFValueType(rawValue: number) else {
      throw scanner.fail("a value has the unknown type \(number)")
    }
    return type
  }
}
