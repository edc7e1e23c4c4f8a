/// Byte-level BPE as Qwen2 has it, with the behaviour of the reference's slow tokenizer.
///
/// A text is brought to NFC, added tokens are cut out of it, what lies between is cut into
/// stretches (``PreTokenizer``), and the bytes of each stretch merge into pieces of the vocabulary.
/// Any text has ids: every byte is a piece. A value is a few words: its tables are shared.
public struct Tokenizer: Sendable {
  private let merges: MergeTable
  private let pieces: PieceTable
  /// The id of every single byte.
  private let byteIDs: [Int32]
  private var added = AddedTokens()

  /// Rows that an embedding table needs for these ids.
  public private(set) var rows: Int
  /// `<|endoftext|>`: the padding of a row.
  public private(set) var endOfText: Int32 = 0
  /// `<|im_start|>`: what every row begins with.
  public private(set) var imStart: Int32 = 0
  /// `<|im_end|>`: section labels are counted from it.
  public private(set) var imEnd: Int32 = 0

  /// Reads the tokenizer of a model.
  ///
  /// The bytes are read during the call only.
  ///
  /// - Parameters:
  ///   - vocabulary: `vocab.json`, at most 64 MiB and 2 Mi entries.
  ///   - merges: `merges.txt`, with the same limits.
  ///   - configuration: `tokenizer_config.json`; without it `<|endoftext|>`, `<|im_start|>` and
  ///     `<|im_end|>` follow the vocabulary.
  public init(
    vocabulary: UnsafeRawBufferPointer, merges: UnsafeRawBufferPointer,
    configuration: UnsafeRawBufferPointer? = nil
  ) throws(TextFailure) {
    pieces = try VocabularyReader.read(vocabulary)
    self.merges = try MergesReader.read(merges, pieces: pieces)
    let table = pieces
    byteIDs = (0...UInt8.max).map { table.id(of: [$0]) ?? 0 }
    rows = pieces.rows
    if let configuration {
      for token in try TokenizerConfiguration(configuration).tokens {
        try add(token.text, id: token.id)
      }
    }
    endOfText = try add(TokenizerConfiguration.endOfText)
    imStart = try add(TokenizerConfiguration.imStart)
    imEnd = try add(TokenizerConfiguration.imEnd)
  }

  /// The same with arrays.
  public init(
    vocabulary: [UInt8], merges: [UInt8], configuration: [UInt8]? = nil
  ) throws(TextFailure) {
    let result = vocabulary.withUnsafeBytes { vocabulary in
      merges.withUnsafeBytes { merges in
        (configuration ?? []).withUnsafeBytes { bytes in
          Result { () throws(TextFailure) in
            try Tokenizer(
              vocabulary: vocabulary, merges: merges,
              configuration: configuration == nil ? nil : bytes)
          }
        }
      }
    }
    self = try result.get()
  }

  /// This tokenizer with more added tokens.
  ///
  /// A token that is a piece of the vocabulary keeps its id, but splits texts from now on; the
  /// others take the ids after the last.
  public func adding(_ tokens: [String]) throws(TextFailure) -> Tokenizer {
    var result = self
    for token in tokens { try result.add(token) }
    return result
  }

  /// The id of an added token.
  public func id(ofAdded token: String) -> Int32? { added.id(of: Array(token.utf8)) }

  /// The pieces of the vocabulary by id, in the byte alphabet and UTF-8; `nil` when ids between them are
  /// free. Added tokens are not among them.
  public var vocabulary: [[UInt8]]? { pieces.ordered?.map(ByteAlphabet.text) }

  /// The ids of `text`. Nothing is put before or after them.
  ///
  /// - Complexity: O(n log n).
  public func encode(_ text: String) -> [Int32] {
    let bytes = Array(PlainText.composed(text).utf8)
    var encoder = BytePairEncoder(merges: merges)
    var ids: [Int32] = []
    for part in added.parts(of: bytes) {
      switch part {
      case .token(let id):
        ids.append(id)
      case .text(let range):
        let scalars = Array(String(decoding: bytes[range], as: UTF8.self).unicodeScalars)
        PreTokenizer.forEach(scalars) { stretch in
          encoder.encode(stretch.lazy.flatMap(UTF8.bytes).map { byteIDs[Int($0)] }, into: &ids)
        }
      }
    }
    return ids
  }

  /// Makes `token` an added token; its id, given, found or new.
  @discardableResult
  private mutating func add(_ token: String, id given: Int32? = nil) throws(TextFailure) -> Int32 {
    let bytes = Array(token.utf8)
    guard !bytes.isEmpty, bytes.count <= TextLimits.addedTokenBytes else {
      throw .inconsistent("added tokens", "a token of \(bytes.count) bytes")
    }
    if let id = added.id(of: bytes) { return id }
    guard added.count < TextLimits.addedTokens else {
      throw .tooLarge("added tokens", added.count + 1, limit: TextLimits.addedTokens, of: "tokens")
    }
    let known = ByteAlphabet.bytes(of: token).flatMap { pieces.id(of: $0) }
    let id = given ?? known ?? Int32(truncatingIfNeeded: rows)
    added.insert(bytes, id: id)
    rows = max(rows, Int(id) + 1)
    return id
  }
}

extension UTF8 {
  /// The one to four bytes of a scalar.
  fileprivate static func bytes(_ scalar: Unicode.Scalar) -> Unicode.UTF8.EncodedScalar {
    encode(scalar) ?? encodedReplacementCharacter
  }
}
