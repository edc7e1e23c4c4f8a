import SongStream
import Testing

@Suite struct HostileJSONTests {
  @Test(arguments: [
    ("", JSONFailure.Reason.unexpectedEnd, 0), ("  ", .unexpectedEnd, 2),
    ("{", .unexpectedEnd, 1), ("[1,", .unexpectedEnd, 3), ("\"abc", .unexpectedEnd, 4),
    ("\"\\", .unexpectedEnd, 2), ("\"\\u12", .unexpectedEnd, 5), ("tru", .unexpectedEnd, 3),
    ("{\"a\"", .unexpectedEnd, 4), ("{\"a\":", .unexpectedEnd, 5), ("{\"a\":1", .unexpectedEnd, 6),
    ("[1 2]", .expected("',' or ']'"), 3), ("{\"a\" 1}", .expected("':'"), 5),
    ("{\"a\":1 \"b\"}", .expected("',' or '}'"), 7), ("{a:1}", .expected("a key"), 1),
    ("{\"a\":1,}", .expected("a key"), 7), ("[1,]", .expected("a value"), 3),
    ("[,1]", .expected("a value"), 1), ("nul!", .expected("'null'"), 3),
    ("1 2", .expected("the end"), 2), ("{}{}", .expected("the end"), 2),
    ("'a'", .expected("a value"), 0), ("NaN", .expected("a value"), 0),
    ("// x\n1", .expected("a value"), 0), ("\u{FEFF}1", .expected("a value"), 0),
    ("01", .invalidNumber, 0), ("-", .invalidNumber, 0), ("1.", .invalidNumber, 0),
    (".5", .expected("a value"), 0), ("+1", .expected("a value"), 0),
    ("1e", .invalidNumber, 0), ("1e+", .invalidNumber, 0), ("1e999", .invalidNumber, 0),
    ("-1e999", .invalidNumber, 0), ("0x10", .expected("the end"), 1),
    ("Infinity", .expected("a value"), 0), ("-Infinity", .invalidNumber, 0),
    ("\"a\nb\"", .controlCharacter, 2), ("\"\0\"", .controlCharacter, 1),
    ("\"\\x41\"", .invalidEscape, 1), ("\"\\u12G4\"", .invalidEscape, 1),
    ("\"\\u+123\"", .invalidEscape, 1), ("\"\\uD800\"", .loneSurrogate, 1),
    ("\"\\uDC00\"", .loneSurrogate, 1), ("\"\\uD800\\n\"", .loneSurrogate, 1),
    ("\"\\uD800\\u0041\"", .loneSurrogate, 1), ("\"\\uD800\\uD800\"", .loneSurrogate, 1),
    ("{\"a\":1,\"a\":2}", .duplicateKey("a"), 7),
    ("{\"a\":1,\"\\u0061\":2}", .duplicateKey("a"), 7),
  ])
  func malformedTextIsRefusedWithItsPlace(
    text: String, reason: JSONFailure.Reason, offset: Int
  ) {
    #expect(throws: JSONFailure(reason, at: offset)) { try JSONValue(parsing: text.utf8) }
  }

  @Test(
    arguments: [
      [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0x80],
    ] as [[UInt8]])
  func badUTF8IsRefused(bytes: [UInt8]) {
    #expect(throws: JSONFailure(.invalidUTF8, at: 1)) {
      try JSONValue(parsing: [UInt8(ascii: "["), UInt8(ascii: "\"")] + bytes + "\"]".utf8)
    }
  }

  @Test(arguments: ["[", "{\"a\":", "[[[[", "[{\"\":"])
  func deepNestingIsRefusedWithoutDeepStacks(opening: String) {
    let text = String(repeating: opening, count: 1_000_000 / opening.utf8.count)
    let failure = #expect(throws: JSONFailure.self) { try JSONValue(parsing: text.utf8) }
    #expect(failure?.reason == .tooDeep(limit: 32))
  }

  @Test func nestingOf32IsRead() throws {
    let text = String(repeating: "[", count: 32) + String(repeating: "]", count: 32)
    #expect(try JSONValue(parsing: text.utf8).nesting == 32)
    #expect(throws: JSONFailure(.tooDeep(limit: 32), at: 32)) {
      try JSONValue(parsing: "[\(text)]".utf8)
    }
  }

  @Test func longTextIsRefused() {
    let text = "\"" + String(repeating: "a", count: 1 << 20) + "\""
    #expect(throws: JSONFailure(.tooLong(limit: 1 << 20), at: 1 << 20)) {
      try JSONValue(parsing: text.utf8)
    }
  }

  @Test func messagesAreSafeToPrint() {
    let failure = JSONFailure(.duplicateKey("\u{1B}[2J"), at: 3)
    #expect(failure.description == "duplicate key '\\u{1B}[2J' at byte 3 of the JSON text")
  }

  /// Random text of the characters that matter must be refused or come back the same.
  @Test(arguments: 0..<50)
  func randomTextNeverTraps(seed: UInt64) throws {
    var random = Random(seed)
    let alphabet = Array(#"{}[]",:\u0123eE+-. "tfnaldrs🎵é"#.utf8) + [0, 0x1F, 0x7F, 0xFF]
    for _ in 0..<400 {
      let count = Int.random(in: 0...24, using: &random)
      let text = (0..<count).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
      }
      guard let value = try? JSONValue(parsing: text) else { continue }
      #expect(try JSONValue(parsing: value.encoded()) == value)
    }
  }

  /// Random values come back as they were.
  @Test(arguments: 0..<50)
  func randomValuesSurvive(seed: UInt64) throws {
    var random = Random(seed)
    let value = randomValue(&random, depth: 5)
    let bytes = value.encoded()
    let again = try JSONValue(parsing: bytes)
    #expect(again == value)
    #expect(again.encoded() == bytes)
  }

  private func randomValue(_ random: inout Random, depth: Int) -> JSONValue {
    switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &random) {
    case 0: return .null
    case 1: return .bool(.random(using: &random))
    case 2: return JSONValue(random.next())
    case 3: return .integer(Int64(bitPattern: random.next()))
    case 4:
      let double = Double(bitPattern: random.next())
      return double.isFinite ? .number(double) : 0.5
    case 5:
      let scalars = (0..<8).compactMap { _ in Unicode.Scalar(UInt32(random.next() & 0x1FFFF)) }
      return .string(String(String.UnicodeScalarView(scalars)))
    case 6: return .array((0..<4).map { _ in randomValue(&random, depth: depth - 1) })
    default:
      let members = (0..<4).map { ("k\($0)\u{9}", randomValue(&random, depth: depth - 1)) }
      return .object(Dictionary(members) { $1 })
    }
  }
}
