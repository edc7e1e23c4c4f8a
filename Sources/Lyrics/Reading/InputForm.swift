/// How requests are written in a file.
public enum InputForm: Sendable, Hashable {
  /// A JSON object a line.
  case lines
  /// Lyrics in lines, one song.
  case plain
  /// Nothing but white space.
  case empty

  /// The form of a file that begins with `bytes`, by its first character that is no white space.
  public init(beginningOf bytes: some Sequence<UInt8>) {
    let mark: Set<UInt8> = [0xEF, 0xBB, 0xBF]
    let first = bytes.first { !" \t\r\n".utf8.contains($0) && !mark.contains($0) }
    switch first {
    case nil: self = .empty
    case UInt8(ascii: "{"): self = .lines
    default: self = .plain
    }
  }
}
