import Foundation
import TestSupport
import TextTokens

/// The fixtures of these tests, and the labels of the models.
enum TextFixtures {
  static let labels = [
    "[verse]", "[chorus]", "[bridge]", "[intro-short]", "[intro-medium]", "[intro-long]",
    "[outro-short]", "[outro-medium]", "[outro-long]", "[inst-short]", "[inst-medium]",
    "[inst-long]", "[silence]",
  ]

  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: Fixtures.url("text").appending(path: name)))
  }

  static func decode<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value {
    try JSONDecoder().decode(type, from: Data(try bytes(name)))
  }

  /// The small tokenizer: 1101 pieces.
  static func tokenizer() throws -> Tokenizer {
    try Tokenizer(
      vocabulary: bytes("base/vocab.json"), merges: bytes("base/merges.txt"),
      configuration: bytes("base/tokenizer_config.json"))
  }
}

/// `tokenizer_cases.json`: texts with their ids under four sets of added tokens.
struct TokenizerCases: Decodable {
  struct Kind: Decodable {
    let rows: Int
    let added: [String: Int32]
  }
  struct Case: Decodable {
    let text: String
    let lyrics_v1: [Int32]
    let lyrics_v2: [Int32]
    let style_v1: [Int32]
    let style_v2: [Int32]
  }
  let kinds: [String: Kind]
  let cases: [Case]
}

/// `conditions.json`: requests with the ids of the reference, padding cut off.
struct ConditionCase: Decodable, Sendable {
  struct Item: Decodable {
    let gt_lyric: String
    let descriptions: String?
  }
  let id: String
  let version: String
  let item: Item
  let gen_type: String
  let lyrics_length: Int
  let lyrics_ids: [[Int32]]
  let structure: [[Int32]]
  let lyrics_count: [Int]
  let style_length: Int
  let style_ids: [[Int32]]
  let style_count: [Int]
}
