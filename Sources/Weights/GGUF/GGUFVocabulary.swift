import Diagnostics

/// The tokenizer inside a LeLM file, as the files that a model directory has.
///
/// The file holds the tokens of the *lyrics* tokenizer: the pieces of Qwen2, its three special tokens,
/// then the section labels. Both tokenizers of the model are made from the first two; the labels become
/// `add_token_list` of the configuration.
struct GGUFVocabulary {
  private static let special = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]

  private let pieces: ArraySlice<UnsafeRawBufferPointer>
  private let merges: [UnsafeRawBufferPointer]
  /// The section labels with their brackets.
  let labels: [String]

  /// - Parameter file: keeps the strings alive, for the caller to hold.
  init(_ header: GGUFHeader, file: String) throws(WeightsFailure) {
    guard let tokens = header.values["tokenizer.ggml.tokens"]?.strings,
      let merges = header.values["tokenizer.ggml.merges"]?.strings
    else {
      throw .malformed(file, "lacks a tokenizer ('tokenizer.ggml.tokens', 'tokenizer.ggml.merges')")
    }
    let first = Array(Self.special[0].utf8)
    guard let end = tokens.firstIndex(where: { $0.elementsEqual(first) }), end + 3 <= tokens.count,
      zip(tokens[end..<end + 3], Self.special).allSatisfy({ $0.elementsEqual($1.utf8) })
    else {
      throw .malformed(
        file, "the tokenizer lacks \(Self.special.joined(separator: ", ")) in a row")
    }
    guard tokens.count - end - 3 <= 256 else {
      throw .malformed(file, "the tokenizer has more than 256 labels after its special tokens")
    }
    var labels: [String] = []
    for bytes in tokens[(end + 3)...] {
      guard let label = String(validating: bytes, as: UTF8.self), !label.isEmpty else {
        throw .malformed(file, "the tokenizer has a label that is not UTF-8")
      }
      labels.append(label)
    }
    pieces = tokens[..<end]
    self.merges = merges
    self.labels = labels
  }

  /// A file of a tokenizer folder, or `nil` for a name that such folders do not have.
  func file(_ name: String) -> [UInt8]? {
    switch name {
    case "vocab.json": vocabulary()
    case "merges.txt": mergeLines()
    case "tokenizer_config.json": configuration()
    default: nil
    }
  }

  private func vocabulary() -> [UInt8] {
    var text: [UInt8] = Array("{".utf8)
    for (id, piece) in pieces.enumerated() {
      if id > 0 { text.append(UInt8(ascii: ",")) }
      text.append(UInt8(ascii: "\""))
      for byte in piece {
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
          text.append(UInt8(ascii: "\\"))
        }
        text.append(byte)
      }
      text += Array("\":\(id)".utf8)
    }
    text.append(UInt8(ascii: "}"))
    return text
  }

  private func mergeLines() -> [UInt8] {
    var text: [UInt8] = []
    for merge in merges {
      text += merge
      text.append(UInt8(ascii: "\n"))
    }
    return text
  }

  private func configuration() -> [UInt8] {
    let entries = Self.special.enumerated().map { index, token in
      "\"\(pieces.count + index)\":{\"content\":\"\(token)\"}"
    }
    return Array("{\"added_tokens_decoder\":{\(entries.joined(separator: ","))}}".utf8)
  }
}
