import TextTokens

/// The pieces of the toy's tokenizer, in the form of Qwen2's files: byte-level pairs whose merges lead to
/// whole phones and style words.
///
/// A phone with the space before it is one piece, so are the marks between lines and sections, and the
/// words of a style with and without a space; everything else falls into bytes.
struct PieceVocabulary {
  /// Pieces, each at its id.
  private(set) var pieces: [String]
  /// Pairs that are joined, most urgent first.
  private(set) var merges: [(String, String)] = []
  private var known: Set<String>

  /// - Parameter styleWords: the words that descriptions are made of.
  init(styleWords: [String]) {
    pieces = (0...255).map(ByteAlphabet.character)
    known = Set(pieces)
    let space = ByteAlphabet.character(of: UInt8(ascii: " "))
    // Longer ones first: a word that begins as another does must not be cut up by its merges.
    func longestFirst(_ words: [String]) -> [String] {
      words.sorted { $0.utf8.count > $1.utf8.count }
    }
    for symbol in longestFirst(Phoneme.symbols) + [",", ";"] { addChain(space + symbol) }
    for word in longestFirst(styleWords) { addChain(space + word) }
    for word in longestFirst(styleWords) { addChain(word) }
  }

  /// Adds the merges that build `word` sign by sign.
  private mutating func addChain(_ word: String) {
    let signs = word.map(String.init)
    var built = signs[0]
    for sign in signs.dropFirst() {
      let joined = built + sign
      if !merges.contains(where: { $0 == (built, sign) }) { merges.append((built, sign)) }
      if known.insert(joined).inserted { pieces.append(joined) }
      built = joined
    }
  }

  /// vocab.json
  var vocabularyJSON: String {
    let entries = pieces.enumerated().map { "\(quotedJSON($0.element)):\($0.offset)" }
    return "{" + entries.joined(separator: ",") + "}\n"
  }

  /// merges.txt
  var mergesText: String {
    "#version: 0.2\n" + merges.map { "\($0.0) \($0.1)\n" }.joined()
  }
}

/// `text` as a JSON string.
func quotedJSON(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    if scalar == "\"" || scalar == "\\" { result += "\\" }
    result.unicodeScalars.append(scalar)
  }
  return result + "\""
}
