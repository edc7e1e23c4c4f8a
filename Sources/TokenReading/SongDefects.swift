import SongStream

/// Proxies of what a listener would complain about, each a share from 0 (nothing) to 1.
///
/// They are measured on tokens, not learnt from listeners.
public struct SongDefects: Sendable, Hashable {
  /// Vowels off the pitches of one key.
  public let offPitch: Double
  /// Phones that repeat the two to four before them, beyond what the lyrics do.
  public let stutter: Double
  /// Sung frames of phones that are held for more than a bar.
  public let held: Double
  /// Bars with words in which nothing is sung.
  public let silent: Double
  /// Stretches of four seconds in which the band sounds like one of another style than in the song.
  public let wandering: Double
  /// Frames in which a section that comes back is sung in other phones than the first time.
  public let unlike: Double

  /// Their mean from 1, so that 1 is a song without any.
  public var score: Double {
    1 - (offPitch + stutter + held + silent + wandering + unlike) / 6
  }

  init(
    _ song: SongTokens, plan: SungPlan, states: [UInt8], bar: Int?,
    offPitch: (frames: Int, off: Int), readers: TokenReaders
  ) {
    self.offPitch = Self.share(offPitch.off, of: offPitch.frames)
    let sung = PhoneReader.phones(states)
    let wanted = plan.readablePhones
    stutter = max(
      0,
      Self.share(Self.repeats(sung), of: sung.count)
        - Self.share(Self.repeats(wanted), of: wanted.count))
    held = Self.held(states, longest: bar ?? 64)
    wandering = Self.wandering(song.accompaniment, readers.tags.filter { !$0.isVocal })
    guard let bar else {
      (silent, unlike) = (0, 0)
      return
    }
    let ranges = plan.frames(ofSections: bar)
    var (bars, quiet) = (0, 0)
    for (section, range) in zip(plan.sections, ranges) where section.isSung {
      for start in stride(from: range.lowerBound, to: range.upperBound, by: bar) {
        bars += 1
        let part = states[min(start, states.count)..<min(start + bar, states.count)]
        if part.allSatisfy({ $0 == 0 }) { quiet += 1 }
      }
    }
    silent = Self.share(quiet, of: bars)
    var (frames, others) = (0, 0)
    for (index, section) in plan.sections.enumerated() where section.isSung {
      guard let first = plan.sections[..<index].firstIndex(of: section) else { continue }
      for (one, other) in zip(ranges[first], ranges[index]) where other < states.count {
        frames += 1
        if states[one] != states[other] { others += 1 }
      }
    }
    unlike = Self.share(others, of: frames)
  }

  private static func share(_ part: Int, of whole: Int) -> Double {
    whole > 0 ? Double(part) / Double(whole) : 0
  }

  /// How many phones are the last of a group of two to four that stands there twice.
  private static func repeats(_ phones: [UInt8]) -> Int {
    phones.indices.count { end in
      (2...4).contains { length in
        end + 1 >= 2 * length
          && phones[end + 1 - length...end] == phones[end + 1 - 2 * length...end - length]
      }
    }
  }

  private static func held(_ states: [UInt8], longest: Int) -> Double {
    var (sung, held, run) = (0, 0, 0)
    for (frame, state) in states.enumerated() {
      run = frame > 0 && state == states[frame - 1] ? run + 1 : 1
      guard state != 0 else { continue }
      sung += 1
      if run > longest { held += 1 }
    }
    return share(held, of: sung)
  }

  private static func wandering(_ row: [UInt16], _ readers: [TagReader]) -> Double {
    let length = 100
    var (stretches, others) = (0, 0)
    for reader in readers {
      let whole = reader.tag(row)
      for start in stride(from: 0, through: row.count - length, by: length) {
        stretches += 1
        if reader.tag(row[start..<start + length]) != whole { others += 1 }
      }
    }
    return share(others, of: stretches)
  }

  var json: JSONValue {
    [
      "off_pitch": .number(rounded(offPitch)), "stutter": .number(rounded(stutter)),
      "held": .number(rounded(held)), "silent": .number(rounded(silent)),
      "wandering": .number(rounded(wandering)), "unlike": .number(rounded(unlike)),
      "score": .number(rounded(score)),
    ]
  }
}
