import FoundationEssentials
import TextTokens
import Weights

private struct TokenizerKind: Decodable {
  var rows: Int
  var added: [String: Int]
}

// swift-format-ignore: AlwaysUseLowerCamelCase
private struct TokenizerCase: Decodable {
  var text: String
  var lyrics_v1: [Int]
  var lyrics_v2: [Int]
  var style_v1: [Int]
  var style_v2: [Int]
}

private struct TokenizerCaseFile: Decodable {
  var kinds: [String: TokenizerKind]
  var cases: [TokenizerCase]
}

/// `tokenizer_cases.json`: text to ids for both tokenizers in both versions.
func tokenizerCases(_ files: CaseFiles, _ report: ParityReport) throws {
  let list = try files.decode(TokenizerCaseFile.self, from: "tokenizer_cases.json")
  let base = try baseTokenizer(files)
  var tokenizers: [String: Tokenizer] = [:]
  for (kind, expected) in list.kinds.sorted(by: { $0.key < $1.key }) {
    // The added tokens of this kind, in the order of their ids, after those of the base.
    let added = expected.added.filter { $0.value >= base.rows || $0.key == "." }
      .sorted { ($0.key == "." ? Int.max : $0.value) < ($1.key == "." ? Int.max : $1.value) }
    let tokenizer = try base.adding(added.map(\.key))
    tokenizers[kind] = tokenizer
    let wrong = expected.added.count { tokenizer.id(ofAdded: $0.key) != Int32($0.value) }
    report(
      ParityCase(
        name: "\(files.name)/tokenizer \(kind) table", tolerance: 0,
        wrong: wrong + (tokenizer.rows == expected.rows ? 0 : 1)))
  }
  for (index, item) in list.cases.enumerated() {
    for (kind, expected) in [
      ("lyrics_v1", item.lyrics_v1), ("lyrics_v2", item.lyrics_v2), ("style_v1", item.style_v1),
      ("style_v2", item.style_v2),
    ] {
      guard let tokenizer = tokenizers[kind] else { continue }
      report(
        ParityCase(
          name: "\(files.name)/tokenizer[\(index)] \(kind)",
          difference: Comparison.mismatches(tokenizer.encode(item.text).map(Int.init), expected),
          tolerance: 0))
    }
  }
}

/// The tokenizer of a folder: in `tokenizer/`, or beside the cases.
func baseTokenizer(_ files: CaseFiles) throws -> Tokenizer {
  let folder = files.exists("tokenizer/vocab.json") ? "tokenizer/" : ""
  let mapped = try ["vocab.json", "merges.txt", "tokenizer_config.json"].map { name in
    try MappedFile(path: files.path + "/" + folder + name, name: name)
  }
  return try withExtendedLifetime(mapped) {
    try Tokenizer(
      vocabulary: mapped[0].bytes, merges: mapped[1].bytes, configuration: mapped[2].bytes)
  }
}

extension ParityCase {
  init(name: String, tolerance: Double, wrong: Int) {
    self.init(name: name, difference: Double(wrong), tolerance: tolerance)
  }
}
