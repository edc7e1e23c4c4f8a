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
    [UInt8](try Data(contentsOf: Fixtures.url(name)))
  }

  static func decode<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value {
    try decoder().decode(type, from: Data(try bytes(name)))
  }

  /// Reads `snake_case` keys.
  static func decoder() -> JSONDecoder {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return decoder
  }

  /// The small tokenizer: 1101 pieces.
  static func tokenizer() throws -> Tokenizer {
    try Tokenizer(
      vocabulary: bytes("lelm/base/tokenizer/vocab.json"),
      merges: bytes("lelm/base/tokenizer/merges.txt"),
      configuration: bytes("lelm/base/tokenizer/tokenizer_config.json"))
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
    let lyricsV1: [Int32]
    let lyricsV2: [Int32]
    let styleV1: [Int32]
    let styleV2: [Int32]
  }
  let kinds: [String: Kind]
  let cases: [Case]
}

/// `conditions.json`: requests with the ids of the reference, padding cut off.
struct ConditionCase: Decodable, Sendable {
  struct Item: Decodable {
    let gtLyric: String
    let descriptions: String?
  }
  let id: String
  let version: String
  let item: Item
  let genType: String
  let lyricsLength: Int
  let lyricsIds: [[Int32]]
  let structure: [[Int32]]
  let lyricsCount: [Int]
  let styleLength: Int
  let styleIds: [[Int32]]
  let styleCount: [Int]
}
