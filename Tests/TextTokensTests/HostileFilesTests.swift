import Diagnostics
import Foundation
import Testing
import TextTokens

@Suite struct HostileFilesTests {
  /// A vocabulary of the 256 bytes with ids 0…255, and `more` before the closing brace.
  static func vocabulary(_ more: String = "") -> String {
    var next: UInt32 = 0x100
    var entries: [String] = []
    for byte in UInt32(0)..<256 {
      var value = byte
      if !(33...126).contains(byte), !(161...172).contains(byte), !(174...255).contains(byte) {
        value = next
        next += 1
      }
      entries.append("\"\\u\(String(format: "%04x", value))\":\(byte)")
    }
    return "{" + entries.joined(separator: ",") + more + "}"
  }

  private func failure(
    _ vocabulary: String, merges: String = "", configuration: String? = nil
  ) -> String? {
    do throws(TextFailure) {
      _ = try Tokenizer(
        vocabulary: Array(vocabulary.utf8), merges: Array(merges.utf8),
        configuration: configuration.map { Array($0.utf8) })
      return nil
    } catch {
      #expect(error.status == .configuration)
      return error.description
    }
  }

  @Test func smallestVocabulary() throws {
    let tokenizer = try Tokenizer(
      vocabulary: Array(Self.vocabulary(",\"ab\":256").utf8),
      merges: Array("#version\r\n\r\n  # # \na b\r".utf8))
    #expect(tokenizer.encode("abba") == [256, 98, 97])
    #expect(tokenizer.rows == 260)
  }

  /// Of a pair given twice the later rank holds.
  @Test func repeatedPair() throws {
    let more = ",\"ab\":256,\"bc\":257"
    let once = try Tokenizer(
      vocabulary: Array(Self.vocabulary(more).utf8), merges: Array("a b\nb c".utf8))
    let twice = try Tokenizer(
      vocabulary: Array(Self.vocabulary(more).utf8), merges: Array("a b\nb c\na b".utf8))
    #expect(once.encode("abc") == [256, 99])
    #expect(twice.encode("abc") == [97, 257])
  }

  @Test(arguments: [
    ("", "expected '{' at byte 0"),
    ("{", "expected a string at byte 1"),
    ("[]", "expected '{' at byte 0"),
    ("{}", "byte 0 is not a piece"),
    ("{\"a\"", "expected ':' at byte 4"),
    ("{\"a", "a string is cut or not UTF-8 at byte 3"),
    ("{\"a\":-1}", "an id is not a whole number at byte 5"),
    ("{\"a\":1e3}", "expected ',' or '}' at byte 6"),
    ("{\"a\":99999999999999999999}", "an id is not below 2097152 at byte 12"),
    ("{\"a\":1,\"a\":2}", "a piece is given twice at byte 12"),
    ("{\"a\":1,\"b\":1}", "id 1 is given twice at byte 12"),
    ("{\"\":1}", "an empty piece at byte 5"),
    ("{\"a b\":1}", "a character outside the byte alphabet at byte 4"),
    ("{\"\\q\":1}", "an escape that no piece can need at byte 4"),
    ("{\"\\u00g0\":1}", "an escape is not four hexadecimal digits at byte 7"),
    ("{\"a\":1} x", "text after the object at byte 8"),
  ])
  func badVocabulary(_ text: String, _ reason: String) {
    #expect(failure(text) == "vocab.json: " + reason)
  }

  @Test(arguments: [
    ("a", "line 1 is not two pieces"),
    ("#\na b c", "line 2 is not two pieces"),
    ("a b", "line 1 makes a piece that is not in the vocabulary"),
    ("ab c", "line 1 merges a piece that is not in the vocabulary"),
    ("a\u{3000}b", "line 1 has a character outside the byte alphabet"),
  ])
  func badMerges(_ text: String, _ reason: String) {
    #expect(failure(Self.vocabulary(), merges: text) == "merges.txt: " + reason)
  }

  @Test(arguments: [
    "", "[]", "{\"added_tokens_decoder\":{\"x\":{\"content\":\"a\"}}}",
    "{\"added_tokens_decoder\":{\"-1\":{\"content\":\"a\"}}}",
    "{\"added_tokens_decoder\":{\"4294967296\":{\"content\":\"a\"}}}",
    "{\"added_tokens_decoder\":{\"300\":{\"content\":\"\"}}}",
    "{\"added_tokens_decoder\":{\"300\":{\"content\":\"a\",\"lstrip\":true}}}",
    "{\"add_prefix_space\":true}", String(repeating: "[", count: 100_000),
  ])
  func badConfiguration(_ text: String) {
    #expect(failure(Self.vocabulary(), configuration: text) != nil)
  }

  @Test func tooManyAddedTokens() throws {
    let tokenizer = try Tokenizer(vocabulary: Array(Self.vocabulary().utf8), merges: [])
    #expect(throws: TextFailure.self) { try tokenizer.adding((0..<1100).map { "[\($0)]" }) }
    #expect(throws: TextFailure.self) { try tokenizer.adding([""]) }
    #expect(throws: TextFailure.self) {
      try tokenizer.adding([String(repeating: "x", count: 257)])
    }
  }

  /// Cut at every place, and with bytes changed: refused or usable, never a trap.
  @Test func damagedFiles() throws {
    let vocabulary = try TextFixtures.bytes("lelm/base/tokenizer/vocab.json")
    let merges = try TextFixtures.bytes("lelm/base/tokenizer/merges.txt")
    let configuration = try TextFixtures.bytes("lelm/base/tokenizer/tokenizer_config.json")
    var random = FixedGenerator(state: 5)
    var refused = 0
    for round in 0..<600 {
      var files = [vocabulary, merges, configuration]
      let which = round % 3
      let place = Int.random(in: 0..<files[which].count, using: &random)
      if round % 2 == 0 {
        files[which].removeSubrange(place...)
      } else {
        files[which][place] = UInt8.random(in: 0...255, using: &random)
      }
      do throws(TextFailure) {
        let tokenizer = try Tokenizer(
          vocabulary: files[0], merges: files[1], configuration: files[2])
        #expect(!tokenizer.encode("[verse] Hello  world").isEmpty)
      } catch {
        refused += 1
        #expect(!error.description.isEmpty)
      }
    }
    #expect(refused > 300)
  }
}
