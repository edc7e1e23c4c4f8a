/// Reads `merges.txt`: one pair of pieces a line, the most urgent first.
///
/// As the reference's tokenizer does, **every** line that starts with `#` is skipped, not only the
/// version line: in the official file that drops 96 merges. A rank is the position after skipping;
/// of a pair given twice the later rank holds.
struct MergesReader {
  private static let file = "merges.txt"

  /// Reads all of `bytes` against the pieces of a vocabulary.
  static func read(
    _ bytes: UnsafeRawBufferPointer, pieces: PieceTable
  ) throws(TextFailure) -> MergeTable {
    guard bytes.count <= TextLimits.fileBytes else {
      throw .tooLarge(file, bytes.count, limit: TextLimits.fileBytes)
    }
    var table = MergeTable()
    var cursor = ByteCursor(bytes)
    var line = 0
    while cursor.peek != nil {
      line += 1
      let words = try words(of: &cursor, line: line)
      guard let first = words.first else { continue }
      guard words.count == 2, let second = words.last else {
        throw .malformed(file, "line \(line) is not two pieces")
      }
      guard let left = pieces.id(of: first), let right = pieces.id(of: second) else {
        throw .inconsistent(file, "line \(line) merges a piece that is not in the vocabulary")
      }
      guard let merged = pieces.id(of: first + second) else {
        throw .inconsistent(file, "line \(line) makes a piece that is not in the vocabulary")
      }
      guard table.count < TextLimits.entries else {
        throw .tooLarge(file, table.count + 1, limit: TextLimits.entries, of: "merges")
      }
      table.append(left, right, merged)
    }
    return table
  }

  /// The words of one line as bytes; none for an empty line and one that starts with `#`.
  private static func words(
    of cursor: inout ByteCursor, line: Int
  ) throws(TextFailure) -> [[UInt8]] {
    var words: [[UInt8]] = []
    var word: [UInt8] = []
    var skipped = false
    func isBlank(_ scalar: UInt32) -> Bool { scalar == 0x20 || (0x09...0x0D).contains(scalar) }
    while let byte = cursor.peek {
      if byte == 0x0A || byte == 0x0D {
        _ = cursor.next()
        if byte == 0x0D { _ = cursor.take(0x0A) }
        break
      }
      if skipped {
        _ = cursor.next()
        continue
      }
      guard let scalar = cursor.nextScalar() else {
        throw .malformed(file, "line \(line) is not UTF-8")
      }
      if isBlank(scalar) {
        if !word.isEmpty { words.append(word) }
        word = []
      } else if scalar == UInt32(UInt8(ascii: "#")), words.isEmpty, word.isEmpty {
        skipped = true
      } else if let byte = ByteAlphabet.byte(of: scalar) {
        word.append(byte)
      } else {
        throw .malformed(file, "line \(line) has a character outside the byte alphabet")
      }
    }
    if !word.isEmpty { words.append(word) }
    return words
  }
}
