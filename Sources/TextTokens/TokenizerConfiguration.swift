import FoundationEssentials

/// What `tokenizer_config.json` says of added tokens.
///
/// Without the file the three tokens of Qwen2 follow the vocabulary.
struct TokenizerConfiguration {
  static let endOfText = "<|endoftext|>"
  static let imStart = "<|im_start|>"
  static let imEnd = "<|im_end|>"
  private static let file = "tokenizer_config.json"

  private struct File: Decodable {
    struct Token: Decodable {
      let content: String
      let lstrip: Bool?
      let rstrip: Bool?
      let singleWord: Bool?
    }
    let addedTokensDecoder: [String: Token]?
    let addPrefixSpace: Bool?
    let doLowerCase: Bool?
  }

  /// Added tokens with their ids, in ascending order of the ids.
  private(set) var tokens: [(text: String, id: Int32)] = []

  init(_ bytes: UnsafeRawBufferPointer) throws(TextFailure) {
    guard bytes.count <= TextLimits.configurationBytes else {
      throw .tooLarge(Self.file, bytes.count, limit: TextLimits.configurationBytes)
    }
    let parsed: File
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    do {
      parsed = try decoder.decode(File.self, from: Data(bytes))
    } catch {
      throw .malformed(Self.file, "not JSON of the expected form")
    }
    guard parsed.addPrefixSpace != true, parsed.doLowerCase != true else {
      throw .inconsistent(Self.file, "'add_prefix_space' and 'do_lower_case' are not supported")
    }
    for (key, token) in parsed.addedTokensDecoder ?? [:] {
      guard let id = Int32(key), id >= 0, Int(id) < TextLimits.entries else {
        throw .malformed(Self.file, "added token id '\(key)' is not a number that an id can be")
      }
      guard token.lstrip != true, token.rstrip != true, token.singleWord != true else {
        throw .inconsistent(Self.file, "added token \(id) strips its surroundings: not supported")
      }
      tokens.append((token.content, id))
    }
    tokens.sort { $0.id < $1.id }
  }
}
