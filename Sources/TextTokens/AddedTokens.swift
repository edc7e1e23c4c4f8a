/// Tokens that are cut out of a text before anything else: special ids, labels.
///
/// The leftmost match wins, of several at one place the longest. Nothing around it is stripped.
struct AddedTokens: Sendable {
  private struct Entry: Sendable {
    let bytes: [UInt8]
    let id: Int32
  }

  /// Entries by first byte, the longest first.
  private var entries = [[Entry]](repeating: [], count: 256)
  private(set) var count = 0

  /// The id of exactly this token.
  func id(of token: some Collection<UInt8>) -> Int32? {
    guard let first = token.first else { return nil }
    return entries[Int(first)].first { $0.bytes.elementsEqual(token) }?.id
  }

  /// Adds a token; the caller has made sure that it is new and not empty.
  mutating func insert(_ token: [UInt8], id: Int32) {
    guard let first = token.first else { return }
    let list = entries[Int(first)]
    let place = list.firstIndex { $0.bytes.count < token.count } ?? list.count
    entries[Int(first)].insert(Entry(bytes: token, id: id), at: place)
    count += 1
  }

  /// A stretch of a text: ordinary text, or one added token.
  enum Part {
    case text(Range<Int>)
    case token(Int32)
  }

  /// The parts of UTF-8 `text`, in order.
  func parts(of text: [UInt8]) -> [Part] {
    var parts: [Part] = []
    var start = 0
    var position = 0
    while position < text.count {
      let rest = text[position...]
      guard let entry = entries[Int(text[position])].first(where: { rest.starts(with: $0.bytes) })
      else {
        position += 1
        continue
      }
      if start < position { parts.append(.text(start..<position)) }
      parts.append(.token(entry.id))
      position += entry.bytes.count
      start = position
    }
    if start < text.count { parts.append(.text(start..<text.count)) }
    return parts
  }
}
