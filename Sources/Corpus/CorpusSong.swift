import TextTokens

/// A song, and what is known of each of its frames.
public struct CorpusSong: Sendable {
  public let plan: SongPlan
  /// Frames of 40 ms.
  public let frames: Int
  /// The voice alone: ``Grid/hop`` samples for each frame, 24 kHz, one channel.
  public let vocal: [Float]
  /// The band alone, as long as the voice.
  public let accompaniment: [Float]
  public let labels: SongLabels
}

/// Facts of each frame of a song; all arrays have a number for each.
public struct SongLabels: Sendable, Hashable {
  /// 0 if nothing is sung, else 1 + the index of the phone among the 39 in the order of letters.
  public internal(set) var phone: [UInt16]
  /// 0 if nothing is sung, else 1 + the place of the phone in the lyrics.
  public internal(set) var ordinal: [UInt16]
  /// 1 + the index of the section.
  public internal(set) var section: [UInt16]
  /// 0 if nothing is sung, else its frequency in units of 12.5 Hz.
  public internal(set) var pitch: [UInt16]

  /// The labels of a score.
  init(_ score: Score) {
    let none = [UInt16](repeating: 0, count: score.frames)
    (phone, ordinal, section, pitch) = (none, none, none, none)
    for sung in score.phones {
      for frame in sung.start..<sung.start + sung.frames {
        phone[frame] = 1 + UInt16(sung.phone.number)
        ordinal[frame] = UInt16(clamping: 1 + sung.ordinal)
        pitch[frame] = UInt16(clamping: sung.pitch)
      }
    }
    for (index, part) in score.sections.enumerated() {
      for frame in part.start..<part.start + part.frames { section[frame] = UInt16(1 + index) }
    }
  }
}
