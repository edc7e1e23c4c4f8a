extension JSONValue {
  /// The value that `bytes` spell (RFC 8259), with nothing but white space around it.
  ///
  /// Stricter than the RFC asks: valid UTF-8, no duplicate keys, no lone surrogates, numbers within
  /// the range of a double. Integers beyond 64 bits become ``number(_:)``.
  ///
  /// - Complexity: O(bytes); the stack is bounded by `limits.nesting`.
  public init(
    parsing bytes: some Sequence<UInt8>, limits: JSONLimits = JSONLimits()
  ) throws(JSONFailure) {
    var parser = JSONParser(bytes: Array(bytes), limits: limits)
    self = try parser.document()
  }
}

/// A recursive-descent parser over bytes in memory.
struct JSONParser {
  let bytes: [UInt8]
  let limits: JSONLimits
  private var index = 0

  init(bytes: [UInt8], limits: JSONLimits) {
    self.bytes = bytes
    self.limits = limits
  }

  mutating func document() throws(JSONFailure) -> JSONValue {
    guard bytes.count <= limits.bytes else {
      throw JSONFailure(.tooLong(limit: limits.bytes), at: limits.bytes)
    }
    let value = try value(depth: 0)
    skipSpace()
    guard index == bytes.count else { throw failure(.expected("the end")) }
    return value
  }

  private mutating func value(depth: Int) throws(JSONFailure) -> JSONValue {
    skipSpace()
    guard let byte = peek else { throw failure(.unexpectedEnd) }
    switch byte {
    case UInt8(ascii: "{"): return try object(depth: depth + 1)
    case UInt8(ascii: "["): return try array(depth: depth + 1)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw failure(.expected("a value"))
    }
  }

  private mutating func object(depth: Int) throws(JSONFailure) -> JSONValue {
    try enter(depth)
    var members: [String: JSONValue] = [:]
    if closes(UInt8(ascii: "}")) { return .object(members) }
    while true {
      skipSpace()
      let start = index
      guard peek == UInt8(ascii: "\"") else {
        throw failure(peek == nil ? .unexpectedEnd : .expected("a key"))
      }
      let key = try string()
      guard members[key] == nil else { throw JSONFailure(.duplicateKey(key), at: start) }
      try take(UInt8(ascii: ":"), "':'")
      members[key] = try value(depth: depth)
      if closes(UInt8(ascii: "}")) { return .object(members) }
      try take(UInt8(ascii: ","), "',' or '}'")
    }
  }

  private mutating func array(depth: Int) throws(JSONFailure) -> JSONValue {
    try enter(depth)
    var elements: [JSONValue] = []
    if closes(UInt8(ascii: "]")) { return .array(elements) }
    while true {
      elements.append(try value(depth: depth))
      if closes(UInt8(ascii: "]")) { return .array(elements) }
      try take(UInt8(ascii: ","), "',' or ']'")
    }
  }

  private mutating func string() throws(JSONFailure) -> String {
    let start = index
    index += 1
    var text: [UInt8] = []
    var runStart = index
    while let byte = peek {
      switch byte {
      case UInt8(ascii: "\""):
        text += bytes[runStart..<index]
        index += 1
        guard let string = String(validating: text, as: UTF8.self) else {
          throw JSONFailure(.invalidUTF8, at: start)
        }
        return string
      case UInt8(ascii: "\\"):
        text += bytes[runStart..<index]
        text += String(try escape()).utf8
        runStart = index
      case 0..<0x20: throw failure(.controlCharacter)
      default: index += 1
      }
    }
    throw failure(.unexpectedEnd)
  }

  private mutating func escape() throws(JSONFailure) -> Unicode.Scalar {
    let start = index
    index += 1
    guard let byte = peek else { throw failure(.unexpectedEnd) }
    index += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): break
    default: throw JSONFailure(.invalidEscape, at: start)
    }
    let unit = try hex4(start)
    if let scalar = Unicode.Scalar(unit) { return scalar }
    guard unit < 0xDC00, peek == UInt8(ascii: "\\"), peek(1) == UInt8(ascii: "u") else {
      throw JSONFailure(.loneSurrogate, at: start)
    }
    index += 2
    let low = try hex4(start)
    guard 0xDC00..<0xE000 ~= low,
      let scalar = Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
    else { throw JSONFailure(.loneSurrogate, at: start) }
    return scalar
  }

  private mutating func hex4(_ start: Int) throws(JSONFailure) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = peek else { throw failure(.unexpectedEnd) }
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
        throw JSONFailure(.invalidEscape, at: start)
      }
      unit = unit << 4 | UInt32(digit)
      index += 1
    }
    return unit
  }

  private mutating func number() throws(JSONFailure) -> JSONValue {
    let start = index
    let invalid = JSONFailure(.invalidNumber, at: start)
    let negative = peek == UInt8(ascii: "-")
    if negative { index += 1 }
    let leadingZero = peek == UInt8(ascii: "0")
    let digits = skipDigits()
    guard digits == 1 || digits > 1 && !leadingZero else { throw invalid }
    var whole = true
    if peek == UInt8(ascii: ".") {
      whole = false
      index += 1
      guard skipDigits() > 0 else { throw invalid }
    }
    if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
      whole = false
      index += 1
      if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { index += 1 }
      guard skipDigits() > 0 else { throw invalid }
    }
    guard index - start <= limits.number else { throw invalid }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    if whole, let integer = Int64(text) { return .integer(integer) }
    if whole, let integer = UInt64(text) { return .unsigned(integer) }
    guard let double = Double(text), double.isFinite else { throw invalid }
    return .number(double)
  }

  private mutating func skipDigits() -> Int {
    let start = index
    while let byte = peek, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte { index += 1 }
    return index - start
  }

  private mutating func word(
    _ spelling: StaticString, _ value: JSONValue
  ) throws(JSONFailure) -> JSONValue {
    for byte in String(describing: spelling).utf8 {
      guard let next = peek else { throw failure(.unexpectedEnd) }
      guard next == byte else { throw failure(.expected("'\(spelling)'")) }
      index += 1
    }
    return value
  }

  /// Steps over the opening bracket, if the nesting allows it.
  private mutating func enter(_ depth: Int) throws(JSONFailure) {
    guard depth <= limits.nesting else { throw failure(.tooDeep(limit: limits.nesting)) }
    index += 1
  }

  private mutating func closes(_ bracket: UInt8) -> Bool {
    skipSpace()
    guard peek == bracket else { return false }
    index += 1
    return true
  }

  private mutating func take(_ byte: UInt8, _ name: String) throws(JSONFailure) {
    skipSpace()
    guard let next = peek else { throw failure(.unexpectedEnd) }
    guard next == byte else { throw failure(.expected(name)) }
    index += 1
  }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      index += 1
    }
  }

  private var peek: UInt8? { peek(0) }

  private func peek(_ ahead: Int) -> UInt8? {
    index + ahead < bytes.count ? bytes[index + ahead] : nil
  }

  private func failure(_ reason: JSONFailure.Reason) -> JSONFailure {
    JSONFailure(reason, at: index)
  }
}
