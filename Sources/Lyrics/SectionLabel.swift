/// The labels that the models know, in the order of their ids.
public enum SectionLabel: String, Sendable, CaseIterable {
  case verse = "[verse]"
  case chorus = "[chorus]"
  case bridge = "[bridge]"
  case introShort = "[intro-short]"
  case introMedium = "[intro-medium]"
  case introLong = "[intro-long]"
  case outroShort = "[outro-short]"
  case outroMedium = "[outro-medium]"
  case outroLong = "[outro-long]"
  case instrumentalShort = "[inst-short]"
  case instrumentalMedium = "[inst-medium]"
  case instrumentalLong = "[inst-long]"
  case silence = "[silence]"

  /// Whether the section is sung; the others must have no words.
  public var isSung: Bool {
    switch self {
    case .verse, .chorus, .bridge: true
    default: false
    }
  }

  /// Whether it can only begin a song.
  var isIntro: Bool { rawValue.hasPrefix("[intro") }

  /// Whether it can only end a song.
  var isOutro: Bool { rawValue.hasPrefix("[outro") }

  /// The label that differs from `text` only in case and spaces.
  init?(loosely text: String) {
    let words = text.lowercased().split { !($0.isLetter || $0.isNumber) }
    self.init(rawValue: "[" + words.joined(separator: "-") + "]")
  }

  /// What people write for the labels.
  private static let otherNames: [(String, SectionLabel)] = [
    ("prechorus", .verse), ("pre-chorus", .verse), ("hook", .chorus), ("refrain", .chorus),
    ("drop", .chorus), ("rap", .verse), ("middle", .bridge), ("intro", .introShort),
    ("outro", .outroShort), ("ending", .outroShort), ("end", .outroShort), ("coda", .outroShort),
    ("fade", .outroShort), ("inst", .instrumentalShort), ("instrumental", .instrumentalShort),
    ("interlude", .instrumentalShort), ("solo", .instrumentalShort), ("break", .instrumentalShort),
    ("verse", .verse), ("chorus", .chorus), ("bridge", .bridge), ("pause", .silence),
    ("主歌", .verse), ("副歌", .chorus), ("桥段", .bridge), ("前奏", .introShort),
    ("间奏", .instrumentalShort), ("尾奏", .outroShort),
  ]

  /// The label that is probably meant by `text`, brackets included.
  static func suggestion(for text: String) -> SectionLabel? {
    if let label = SectionLabel(loosely: text) { return label }
    let name = text.lowercased().filter { $0 != "[" && $0 != "]" }
    let near = allCases.map { ($0, editDistance(name, String($0.rawValue.dropFirst().dropLast()))) }
      .min { $0.1 < $1.1 }
    if let near, near.1 <= 1 { return near.0 }
    if let known = otherNames.first(where: { name.contains($0.0) }) { return known.1 }
    if let near, near.1 <= 3, near.1 * 2 < name.unicodeScalars.count { return near.0 }
    return nil
  }
}
