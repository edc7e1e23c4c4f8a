/// Reads `vocab.json`: one flat JSON object, piece to id.
///
/// Pieces are written in the byte alphabet. Every byte must be a piece of its own, so that no text
/// is without ids; pieces and ids must be unique.
struct VocabularyReader {
  private static let file = "vocab.json"
  private var cursor: ByteCursor

  /// Reads all of `bytes`.
  static func read(_ bytes: UnsafeRawBufferPointer) throws(TextFailure) -> PieceTable {
    guard bytes.count <= TextLimits.fileBytes else {
      throw .tooLarge(file, bytes.count, limit: TextLimits.fileBytes)
    }
    var reader = VocabularyReader(cursor: ByteCursor(bytes))
    return try reader.table()
  }

  private mutating func table() throws(TextFailure) -> PieceTable {
    var table = PieceTable()
    var used: [Bool] = []
    var piece: [UInt8] = []
    cursor.skipSpace()
    guard cursor.take(UInt8(ascii: "{")) else { throw fault("expected '{'") }
    cursor.skipSpace()
    if !cursor.take(UInt8(ascii: "}")) {
      repeat {
        cursor.skipSpace()
        try readPiece(into: &piece)
        cursor.skipSpace()
        guard cursor.take(UInt8(ascii: ":")) else { throw fault("expected ':'") }
        cursor.skipSpace()
        let id = try readID()
        while used.count <= id { used.append(false) }
        guard !used[id] else { throw fault("id \(id) is given twice") }
        used[id] = true
        guard !piece.isEmpty else { throw fault("an empty piece") }
        guard table.insert(piece, id: Int32(truncatingIfNeeded: id)) else {
          throw fault("a piece is given twice")
        }
        cursor.skipSpace()
      } while cursor.take(UInt8(ascii: ","))
      guard cursor.take(UInt8(ascii: "}")) else { throw fault("expected ',' or '}'") }
    }
    cursor.skipSpace()
    guard cursor.peek == nil else { throw fault("text after the object") }
    for byte in 0...UInt8.max where table.id(of: [byte]) == nil {
      throw .inconsistent(Self.file, "byte \(byte) is not a piece")
    }
    return table
  }

  private mutating func readPiece(into piece: inout [UInt8]) throws(TextFailure) {
    piece.removeAll(keepingCapacity: true)
    guard cursor.take(UInt8(ascii: "\"")) else { throw fault("expected a string") }
    while !cursor.take(UInt8(ascii: "\"")) {
      guard var scalar = cursor.nextScalar() else { throw fault("a string is cut or not UTF-8") }
      if scalar == UInt32(UInt8(ascii: "\\")) { scalar = try readEscape() }
      guard let byte = ByteAlphabet.byte(of: scalar) else {
        throw fault("a character outside the byte alphabet")
      }
      piece.append(byte)
    }
  }

  private mutating func readEscape() throws(TextFailure) -> UInt32 {
    guard let letter = cursor.next() else { throw fault("a string is cut") }
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return UInt32(letter)
    case UInt8(ascii: "u"):
      var value: UInt32 = 0
      for _ in 0..<4 {
        guard let digit = cursor.next().flatMap({ Character(Unicode.Scalar($0)).hexDigitValue })
        else { throw fault("an escape is not four hexadecimal digits") }
        value = value << 4 | UInt32(digit)
      }
      return value
    default: throw fault("an escape that no piece can need")
    }
  }

  private mutating func readID() throws(TextFailure) -> Int {
    var id = 0
    var digits = 0
    while let byte = cursor.peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
      guard id < TextLimits.entries else { break }
      id = id * 10 + Int(byte - UInt8(ascii: "0"))
      digits += 1
      _ = cursor.next()
    }
    guard digits > 0 else { throw fault("an id is not a whole number") }
    guard id < TextLimits.entries else { throw fault("an id is not below \(TextLimits.entries)") }
    return id
  }

  private func fault(_ what: String) -> TextFailure {
    .malformed(Self.file, "\(what) at byte \(cursor.position)")
  }
}
