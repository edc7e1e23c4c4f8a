/// Names of files for songs, from ids that came from outside.
///
/// A name holds letters and digits of any script, `.`, `_` and `-`; anything else becomes `_`. It
/// does not begin with `.` or `-`, has at most 180 bytes, and none is given twice, also not in
/// another case.
///
///     var names = FileNames()
///     names.name(for: "../a b")  // "_._a_b"
///     names.name(for: "../A b")  // "_._A_b-2"
public struct FileNames: Sendable {
  private var taken: Set<String> = []

  public init() {}

  /// A name for the song `id`, without extension, that was not given before.
  public mutating func name(for id: String) -> String {
    let base = FileNames.safe(id)
    var name = base
    var count = 1
    while !taken.insert(name.lowercased()).inserted {
      count += 1
      name = "\(base)-\(count)"
    }
    return name
  }

  /// Takes note that `name` is given.
  public mutating func reserve(_ name: String) {
    taken.insert(name.lowercased())
  }

  private static func safe(_ id: String) -> String {
    var result = ""
    for scalar in id.unicodeScalars {
      var next = isPlain(scalar) ? String(scalar) : "_"
      if result.isEmpty && (next == "." || next == "-") { next = "_" }
      guard result.utf8.count + next.utf8.count <= 180 else { break }
      result += next
    }
    while result.last == "." { result.removeLast() }
    return result.isEmpty ? "song" : result
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", ".", "_", "-": return true
    case _ where scalar.isASCII: return false
    default: break
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .decimalNumber, .letterNumber:
      return true
    default:
      return false
    }
  }
}
