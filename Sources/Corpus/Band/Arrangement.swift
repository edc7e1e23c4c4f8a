/// What the band plays in a bar: a sign for each of eight half beats.
///
/// `.` is nothing new; `-` holds what was struck before. Kick: `x`. Snare: `x`, `i` on its rim.
/// Hat: `x`, `o` open, `s` a shaker, `r` a ride. Chords: `x` all notes, `0`…`3` one of them.
/// Bass: `r` root, `t` third, `f` fifth, `o` octave.
struct BarPattern: Sendable {
  let kick: [UInt8]
  let snare: [UInt8]
  let hat: [UInt8]
  let chords: [UInt8]
  let bass: [UInt8]
  /// Whether the chords lie an octave of positions higher.
  let isHigh: Bool
  /// Whether there is a melody beside the chords.
  let hasLead: Bool

  /// The pattern of five words of eight signs, in the order above.
  init(_ text: String, isHigh: Bool, hasLead: Bool) {
    let rows = text.split(separator: " ").map { Array($0.utf8) }
    func row(_ index: Int) -> [UInt8] {
      index < rows.count && rows[index].count == 8 ? rows[index] : [UInt8](repeating: 46, count: 8)
    }
    (kick, snare, hat, chords, bass) = (row(0), row(1), row(2), row(3), row(4))
    self.isHigh = isHigh
    self.hasLead = hasLead
  }
}

/// The patterns of each genre and kind of section.
enum Arrangement {
  /// The pattern of a bar.
  static func pattern(_ genre: Genre, _ kind: SectionKind) -> BarPattern {
    BarPattern(
      text(genre, kind), isHigh: kind == .chorus || kind == .bridge,
      hasLead: kind == .instrumental)
  }

  private static func text(_ genre: Genre, _ kind: SectionKind) -> String {
    switch genre {
    case .pop: pop(kind)
    case .rock: rock(kind)
    case .electronic: electronic(kind)
    case .ballad: ballad(kind)
    case .folk: folk(kind)
    case .jazz: jazz(kind)
    }
  }

  private static func pop(_ kind: SectionKind) -> String {
    switch kind {
    case .intro: "........ ........ x.x.x.x. x---x--- ........"
    case .verse: "x...x... ..x...x. ........ x---x--- r---r---"
    case .chorus: "x...x.x. ..x...x. xxxxxxxx x-x-x-x- r-r-r-r-"
    case .bridge: "x....... ....x... x...x... x------- r---f---"
    case .instrumental: "x...x... ..x...x. x.x.x.x. x-x-x-x- r-r-r-r-"
    case .outro: "x....... ........ x.x.x.x. x---x--- r-------"
    case .silence: ""
    }
  }

  private static func rock(_ kind: SectionKind) -> String {
    switch kind {
    case .intro: "x.x.x.x. ........ ........ xxxxxxxx ........"
    case .verse: "x..xx... ..x...x. x.x.x.x. x-x-x-x- r-r-r-r-"
    case .chorus: "x.xxx.x. ..x...x. o.o.o.o. xxxxxxxx rrrrrrrr"
    case .bridge: "x.x.x.x. ......xx ........ x---x--- r---r---"
    case .instrumental: "x..xx... ..x...x. xxxxxxxx x-xxx-xx rrrrrrrr"
    case .outro: "x...x... ..x...x. o...o... x---x--- r---r---"
    case .silence: ""
    }
  }

  private static func electronic(_ kind: SectionKind) -> String {
    switch kind {
    case .intro: "x.x.x.x. ........ ........ .x.x.x.x ........"
    case .verse: "x.x.x.x. ........ .x.x.x.x .x.x.x.x r-..r-.."
    case .chorus: "x.x.x.x. ..x...x. .o.o.o.o .x.x.x.x .r.r.r.r"
    case .bridge: "x....... ........ .x.x.x.x x------- r-------"
    case .instrumental: "x.x.x.x. ..x...x. .o.o.o.o 01210121 .r.r.r.r"
    case .outro: "x...x... ........ ........ x---x--- r-------"
    case .silence: ""
    }
  }

  private static func ballad(_ kind: SectionKind) -> String {
    switch kind {
    case .intro: "........ ........ ........ x------- ........"
    case .verse: "x....... ....i... ........ x------- r-------"
    case .chorus: "x...x... ....x... x.x.x.x. x---x--- r---r---"
    case .bridge: "........ ....i... x...x... x------- r---f---"
    case .instrumental: "x....... ....i... x.x.x.x. 0-1-2-1- r---r---"
    case .outro: "........ ........ ........ 0---2--- r-------"
    case .silence: ""
    }
  }

  private static func folk(_ kind: SectionKind) -> String {
    switch kind {
    case .intro: "........ ........ ........ 0-1-2-1- ........"
    case .verse: "........ ........ s.s.s.s. 0-1-2-1- r---f---"
    case .chorus: "x...x... ..i...i. ssssssss x-xxx-xx r---f---"
    case .bridge: "........ ....i... s...s... x---x--- r-------"
    case .instrumental: "x...x... ..i...i. s.s.s.s. 01210121 r---f---"
    case .outro: "........ ........ s...s... 0-1-2-1- r-------"
    case .silence: ""
    }
  }

  private static func jazz(_ kind: SectionKind) -> String {
    switch kind {
    case .intro: "........ ........ r.rrr.rr ........ r-t-f-t-"
    case .verse: "........ ..i...i. r.rrr.rr x--x---- r-t-f-t-"
    case .chorus: "x...x... ..x...x. r.rrr.rr .x.x.x.x r-t-f-o-"
    case .bridge: "x....... ....i... r...r... x---x--- r---f---"
    case .instrumental: "x...x... ..i...i. r.rrr.rr x--x---- r-t-f-o-"
    case .outro: "........ ........ r.r.r.r. x------- r---f---"
    case .silence: ""
    }
  }
}
