/// Tells whether a voice is in tune: whether the pitches of its codes are those of one key.
///
/// A key is a set of pitches that songs sing together. A code has a pitch if most of the frames that
/// it came in have it.
public struct PitchReader: Sendable {
  /// Of the songs that sing a pitch, the share that must sing another one for both to be of one key.
  private static let share: Float = 0.02

  private let pitches: [UInt16]
  private let codes: Int
  /// The place in ``pitches`` of each code's pitch; -1 where it has none.
  private let pitchOfCode: [Int]
  /// For each pitch, those that are sung with it.
  private let keys: [Set<Int>]

  public init(_ statistics: TokenStatistics) {
    let table = statistics.vocalPitches
    pitches = statistics.pitches
    codes = table.codes
    let count = pitches.count
    pitchOfCode = (0..<table.codes).map { code in
      let code = UInt16(code)
      let total = table.total(code: code)
      return total == 0 ? -1 : (0..<count).first { table[$0, code] * 2 > total } ?? -1
    }
    keys = (0..<count).map { one in
      let songs = statistics.together[one * count + one]
      return Set(
        (0..<count).filter { other in
          statistics.together[one * count + other] > max(0, songs * Self.share)
        })
    }
  }

  /// The frames of a row that are sung on a vowel, and how many of them are off the pitches of the key
  /// that fits best.
  public func offPitch(_ row: [UInt16], states: [UInt8]) -> (frames: Int, off: Int) {
    var frames = 0
    var seen: [Int: Int] = [:]
    for (code, state) in zip(row, states) where SungPlan.isVowel(state) {
      frames += 1
      if Int(code) < codes, pitchOfCode[Int(code)] >= 0 {
        seen[pitchOfCode[Int(code)], default: 0] += 1
      }
    }
    let covered = keys.map { key in key.reduce(0) { $0 + (seen[$1] ?? 0) } }.max() ?? 0
    return (frames, frames - covered)
  }

  /// The pitch of a code in steps of 12.5 Hz; nil where it has none.
  public func pitch(_ code: UInt16) -> UInt16? {
    guard Int(code) < codes, pitchOfCode[Int(code)] >= 0 else { return nil }
    return pitches[pitchOfCode[Int(code)]]
  }
}
