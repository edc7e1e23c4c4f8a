/// A byte-level BPE vocabulary of any size, made by rule: the 256 bytes, then pairs of them, then
/// those with one more byte.
struct FakeTokenizer {
  /// `vocab.json`, `merges.txt`, `tokenizer_config.json`.
  let vocabulary: String
  let merges: String
  let configuration: String

  /// - Parameter size: ids of the vocabulary, at least 256.
  init(size: Int) {
    let letters = Self.alphabet
    var entries: [String] = []
    entries.reserveCapacity(size)
    var lines: [String] = ["#version: 0.2"]
    func add(_ piece: String) { entries.append("\"\(Self.escaped(piece))\": \(entries.count)") }
    for letter in letters { add(letter) }
    // Letters and spaces first, so that a small vocabulary is of use.
    let common = Array("etaoinshrdlucmfwypvbgkjqxz".utf8).map(Int.init)
    let order = [0x20] + common + (0..<256).filter { $0 != 0x20 && !common.contains($0) }
    func pair(_ index: Int) -> (Int, Int) {
      // Square by square: the first n bytes with each other, then one more.
      var side = 0
      while (side + 1) * (side + 1) <= index { side += 1 }
      let rest = index - side * side
      return rest <= side ? (order[side], order[rest]) : (order[rest - side - 1], order[side])
    }
    let pairs = min(max(size - 256, 0), 65536)
    var twos: [String] = []
    twos.reserveCapacity(pairs)
    for index in 0..<pairs {
      let (first, second) = pair(index)
      lines.append("\(letters[first]) \(letters[second])")
      twos.append(letters[first] + letters[second])
      add(twos[index])
    }
    for index in 0..<max(0, size - 256 - pairs) {
      let (two, letter) = (twos[index % pairs], letters[order[index / pairs]])
      lines.append("\(two) \(letter)")
      add(two + letter)
    }
    vocabulary = "{" + entries.joined(separator: ", ") + "}\n"
    merges = lines.joined(separator: "\n") + "\n"
    let special = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"].enumerated().map { index, token in
      "    \"\(size + index)\": {\"content\": \"\(token)\", \"special\": true}"
    }
    configuration =
      "{\n  \"added_tokens_decoder\": {\n\(special.joined(separator: ",\n"))\n  }\n}\n"
  }

  /// The printable character of each byte (GPT-2).
  private static let alphabet: [String] = {
    var next: UInt32 = 0x100
    return (UInt32(0)..<256).map { byte in
      switch byte {
      case 33...126, 161...172, 174...255: return Self.text(byte)
      default:
        next += 1
        return Self.text(next - 1)
      }
    }
  }()

  private static func text(_ scalar: UInt32) -> String {
    Unicode.Scalar(scalar).map { String($0) } ?? ""
  }

  private static func escaped(_ piece: String) -> String {
    var result = ""
    for character in piece.unicodeScalars {
      if character == "\"" || character == "\\" { result += "\\" }
      result.unicodeScalars.append(character)
    }
    return result
  }
}
