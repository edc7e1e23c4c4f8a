import SongStream
import Testing

@Suite struct NumPyTests {
  private let rows: [[UInt16]] = [[1, 2, 16383], [0, 0, 5], [7, 8, 9]]

  private func file(
    _ dictionary: String, _ data: [UInt8], version: UInt8 = 1
  ) -> [UInt8] {
    let count = dictionary.utf8.count
    let length = (0..<(version == 1 ? 2 : 4)).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
    return [0x93] + "NUMPY".utf8 + [version, 0] + length + dictionary.utf8 + data
  }

  private func data(_ size: Int, bigEndian: Bool = false, _ values: [UInt16]) -> [UInt8] {
    values.flatMap { value in
      let little = (0..<size).map { $0 < 2 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 }
      return bigEndian ? little.reversed() : little
    }
  }

  private func parse(_ bytes: [UInt8]) throws -> [[UInt16]] {
    try NumPyTokens(parsing: bytes, vocab: 16384, frames: 15000).rows
  }

  @Test func tokensComeBackAsTheyWere() throws {
    let bytes = try NumPyTokens(rows: rows).encoded()
    #expect(try parse(bytes) == rows)
    #expect((bytes.count - 36) % 64 == 0)
    #expect(
      String(decoding: bytes[10..<70], as: UTF8.self)
        == "{'descr': '<i4', 'fortran_order': False, 'shape': (3, 3), } ")
  }

  @Test(arguments: [
    ("<i4", 4), ("<i8", 8), ("<u2", 2), ("<i2", 2), ("<u4", 4), ("<u8", 8), (">i4", 4), (">u2", 2),
  ])
  func everyIntegerTypeIsRead(type: String, size: Int) throws {
    let values = data(size, bigEndian: type.hasPrefix(">"), rows.flatMap { $0 })
    for shape in ["(3, 3)", "(3, 3,)", "(1, 3, 3)", "( 3,3 )"] {
      let text = "{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }\n"
      for version in 1...3 as ClosedRange<UInt8> {
        #expect(try parse(file(text, values, version: version)) == rows)
      }
    }
  }

  @Test func fortranOrderIsRead() throws {
    let text = #"{"shape": (3, 3), "fortran_order": True, "descr": "<i8"}"#
    let values: [UInt16] = [1, 0, 7, 2, 0, 8, 16383, 5, 9]
    #expect(try parse(file(text, data(8, values))) == rows)
  }

  @Test func badFilesAreRefused() {
    func failure(_ text: String, _ data: [UInt8] = []) -> NumPyFailure? {
      do {
        _ = try NumPyTokens(parsing: file(text, data), vocab: 10, frames: 100)
        return nil
      } catch {
        return error
      }
    }
    func text(_ type: String, _ shape: String) -> String {
      "{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape)}"
    }
    #expect(failure(text("<f4", "(3, 1)")) == .type("<f4"))
    #expect(failure(text("|O", "(3, 1)")) == .type("|O"))
    #expect(failure(text("<i3", "(3, 1)")) == .type("<i3"))
    #expect(failure(text("<i4", "(2, 1)")) == .shape([2, 1]))
    #expect(failure(text("<i4", "(3,)")) == .shape([3]))
    #expect(failure(text("<i4", "()")) == .shape([]))
    #expect(failure(text("<i4", "(2, 3, 1)")) == .shape([2, 3, 1]))
    #expect(failure(text("<i4", "(3, 0)")) == .frames(0, limit: 100))
    #expect(failure(text("<i4", "(3, 101)")) == .frames(101, limit: 100))
    #expect(failure(text("<i4", "(3, -1)")) == .header)
    #expect(failure(text("<i4", "(3, 99999999999999999999)")) == .header)
    #expect(failure(text("<i4", "(3, 1")) == .header)
    #expect(failure("{'descr': '<i4', 'shape': (3, 1)}") == .header)
    #expect(failure("{}") == .header)
    #expect(failure(text("<i4", "(3, 1)"), [0]) == .dataSize(expected: 12, found: 1))
    #expect(
      failure(text("<i4", "(3, 1)"), data(4, [1, 10, 1]))
        == .token(10, row: 1, frame: 0, vocab: 10))
    let minus = [UInt8](repeating: 0, count: 8) + [255, 255, 255, 255]
    #expect(failure(text("<i4", "(3, 1)"), minus) == .token(-1, row: 2, frame: 0, vocab: 10))
    let huge = [UInt8](repeating: 255, count: 24)
    #expect(failure(text("<u8", "(3, 1)"), huge) == .token(.max, row: 0, frame: 0, vocab: 10))
    #expect(throws: NumPyFailure.notNumPy) { try parse(Array("PK".utf8)) }
    #expect(throws: NumPyFailure.version(9)) { try parse(file("", [], version: 9)) }
    #expect(throws: NumPyFailure.rows) { try NumPyTokens(rows: [[1], [1], [1, 2]]) }
    #expect(throws: NumPyFailure.rows) { try NumPyTokens(rows: [[1], [1]]) }
  }

  @Test func everyTruncationAndRandomDamageIsHarmless() throws {
    let whole = try NumPyTokens(rows: rows).encoded()
    for length in 0..<whole.count {
      #expect(throws: NumPyFailure.self) { try parse(Array(whole.prefix(length))) }
    }
    var random = Random(7)
    for _ in 0..<2000 {
      var bytes = whole
      for _ in 0..<3 {
        let index = Int.random(in: 0..<72, using: &random)
        bytes[index] = UInt8.random(in: 0...255, using: &random)
      }
      if let found = try? parse(bytes) { #expect(found.count == 3) }
    }
  }
}
