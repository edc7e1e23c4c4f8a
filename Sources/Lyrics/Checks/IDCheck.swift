import Diagnostics

/// Names of songs.
enum IDCheck {
  /// What is wrong with a name; errors are what a stream cannot carry.
  static func findings(_ id: String, _ place: Place?) -> [Finding] {
    guard !id.isEmpty else { return [.error(.id, place, "'idx' is empty; the song needs a name")] }
    guard id.utf8.count <= LyricsLimits.idBytes else {
      return [
        .error(
          .id, place, "'idx' has \(id.utf8.count) bytes, the limit is \(LyricsLimits.idBytes)")
      ]
    }
    guard printable(id, limit: LyricsLimits.idBytes) == id else {
      return [.error(.id, place, "'idx' has characters that cannot be printed")]
    }
    let isFileName =
      !id.utf8.contains { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
      && !id.hasPrefix(".") && !id.hasPrefix("-") && !id.hasPrefix(" ") && !id.hasSuffix(" ")
    if !isFileName {
      return [
        .warning(.id, place, "'idx' '\(id)' is no safe file name; sg-mix will change it for files")
      ]
    }
    return []
  }

  /// Whether a stream can carry the name.
  static func isUsable(_ id: String) -> Bool {
    findings(id, nil).allSatisfy { $0.severity != .error }
  }

  /// A name that a stream can carry, for messages about a request whose own cannot be used.
  static func fallback(_ place: Place) -> String { "line-\(place.line)" }
}
