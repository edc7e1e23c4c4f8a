import SongStream
import Testing

@Suite struct JSONValueTests {
  private func parse(_ text: String) throws -> JSONValue { try JSONValue(parsing: text.utf8) }
  private func encode(_ value: JSONValue) -> String {
    String(decoding: value.encoded(), as: UTF8.self)
  }

  @Test func everyKindOfValueIsRead() throws {
    let text = " { \"a\" : [ null , true, false, -1, 2.5, 1e3, \"x\" ] , \"b\" : { } , \"c\":[] } "
    #expect(try parse(text) == ["a": [nil, true, false, -1, 2.5, 1000.0, "x"], "b": [:], "c": []])
  }

  @Test(arguments: [
    ("0", JSONValue.integer(0)), ("-0", .integer(0)),
    ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
    ("9223372036854775808", .unsigned(1 << 63)), ("18446744073709551615", .unsigned(.max)),
    ("18446744073709551616", .number(18446744073709551616)),
    ("-9223372036854775809", .number(-9223372036854775808)),
    ("1.0", .number(1)), ("1E2", .number(100)), ("5e-324", .number(.leastNonzeroMagnitude)),
  ])
  func numbersKeepTheirKind(text: String, value: JSONValue) throws {
    #expect(try parse(text) == value)
    #expect(try parse(encode(value)) == value)
  }

  @Test func everySeedSurvives() throws {
    for seed in [0, 1, UInt64(Int64.max), UInt64(Int64.max) + 1, .max - 1, .max] {
      let value = JSONValue(seed)
      #expect(encode(value) == String(seed))
      #expect(try parse(encode(value)).unsigned == seed)
    }
  }

  @Test func stringsAreUnescaped() throws {
    #expect(
      try parse(#""\"\\\/\b\f\n\r\t\u00e9\ud83c\udfb5 é🎵\u0000""#)
        == .string("\"\\/\u{8}\u{C}\n\r\té🎵 é🎵\0"))
  }

  @Test func stringsAreEscaped() throws {
    let text = "\"\\/\u{8}\u{C}\n\r\té🎵\0\u{7F}"
    #expect(encode(.string(text)) == #""\"\\/\u0008\u000c\n\r\té🎵\u0000\u007f""#)
    #expect(try parse(encode(.string(text))) == .string(text))
  }

  @Test func outputIsCompactAndSortedByBytes() {
    let value: JSONValue = ["b": 1, "a": [1, 2], "ab": nil, "Z": 1.5, "é": 0, "～": 0, "🎵": 0]
    #expect(encode(value) == #"{"Z":1.5,"a":[1,2],"ab":null,"b":1,"é":0,"～":0,"🎵":0}"#)
  }

  @Test func whatJSONCannotSayIsNull() {
    #expect(encode([.number(.infinity), .number(.nan)]) == "[null,null]")
  }

  @Test func printedTextHasNoControlCharacters() throws {
    let value: JSONValue = ["k\u{1B}": "a\u{9B}\u{202E}\u{2028}é🎵\u{E000}\u{E0001}\u{200D}\n"]
    let text = value.printed()
    let escapes = #"\u009b\u202e\u2028é🎵\ue000\udb40\udc01\u200d\n"#
    #expect(text == #"{"k\u001b":"a"# + escapes + #""}"#)
    #expect(try JSONValue(parsing: text.utf8) == value)
  }

  @Test func accessorsAnswerOnlyForTheirKind() throws {
    let value: JSONValue = ["i": 3, "d": 0.5, "s": "x", "b": true, "n": nil, "a": [1]]
    #expect(value["i"]?.integer == 3)
    #expect(value["i"]?.double == 3)
    #expect(value["d"]?.integer == nil)
    #expect(value["d"]?.double == 0.5)
    #expect(value["s"]?.string == "x")
    #expect(value["b"]?.bool == true)
    #expect(value["a"]?.array == [1])
    #expect(value["n"] == .some(.null))
    #expect(value["none"] == nil)
    #expect(value["s"]?["x"] == nil)
    #expect(JSONValue.integer(-1).unsigned == nil)
    #expect(value.nesting == 2)
  }
}
