import Lyrics

/// What kind of music a section has.
enum SectionKind: Int, Sendable, CaseIterable {
  case intro, verse, chorus, bridge, instrumental, outro, silence

  init(_ label: SectionLabel) {
    self =
      switch label {
      case .verse: .verse
      case .chorus: .chorus
      case .bridge: .bridge
      case .introShort, .introMedium, .introLong: .intro
      case .outroShort, .outroMedium, .outroLong: .outro
      case .instrumentalShort, .instrumentalMedium, .instrumentalLong: .instrumental
      case .silence: .silence
      }
  }
}

extension SectionLabel {
  /// Bars of a section without words.
  var bars: Int {
    switch self {
    case .introMedium, .outroMedium, .instrumentalMedium: 2
    case .introLong, .outroLong, .instrumentalLong: 4
    default: 1
    }
  }
}
