import TestSupport
import Testing
import Weights

@Suite struct PlainScalarTests {
  static let known: [(String, ConfigValue)] = [
    ("", .null), ("~", .null), ("NULL", .null), ("nulls", .string("nulls")),
    ("yes", .bool(true)), ("OFF", .bool(false)), ("tRue", .string("tRue")),
    ("0", .integer(0)), ("-12", .integer(-12)), ("+7", .integer(7)), ("017", .integer(15)),
    ("0x1F", .integer(31)), ("-0x10", .integer(-16)), ("08", .number(8)),
    ("9223372036854775807", .integer(.max)), ("9223372036854775808", .number(0x1p63)),
    ("1e-4", .number(1e-4)), ("1.", .number(1)), (".5", .number(0.5)),
    ("-.inf", .number(-.infinity)),
    ("1.2.3", .string("1.2.3")), ("-x", .string("-x")), ("0x", .string("0x")),
    ("0x-1", .string("0x-1")), ("--1", .string("--1")), ("e5", .string("e5")),
    ("nan", .string("nan")), ("0x1p3", .string("0x1p3")), ("'12'", .string("12")),
    ("\"no\"", .string("no")), ("!!str 12", .string("12")),
  ]

  @Test(arguments: known)
  func means(_ text: String, _ value: ConfigValue) throws {
    let file = MappedFile(name: "c", copying: Array("- \(text)\n- 'x'".utf8))
    let files = ModelFiles.embedded(name: "m", ["config.yaml": file.bytes])
    let config = try ModelConfig("config.yaml", in: files)
    #expect(config.root == .list([value, .string("x")]))
    withExtendedLifetime(file) {}
  }

  @Test(arguments: ["!!int '3'", "!mine {}", "a: b\n--- \nc: d", "? [1]\n: 2"])
  func refuses(_ text: String) {
    let file = MappedFile(name: "c", copying: Array(text.utf8))
    let files = ModelFiles.embedded(name: "m", ["config.yaml": file.bytes])
    #expect(throws: WeightsFailure.self) { _ = try ModelConfig("config.yaml", in: files) }
    withExtendedLifetime(file) {}
  }
}
