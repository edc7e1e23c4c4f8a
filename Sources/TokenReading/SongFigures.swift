public import SongStream

/// What is measured of one song.
public struct SongFigures: Sendable, Hashable {
  /// A tag that was asked for, and which one of its group is heard.
  public struct Agreement: Sendable, Hashable {
    public let asked: String
    public let heard: String?
    public var isRight: Bool { asked == heard }
  }

  public let id: String
  /// What kind of song it is: `1-2 words`, `3-5 words`, `lines`, `short`, `song`.
  public let kind: String
  public let frames: Int
  public let vocalErrors: PhoneErrors
  public let mixedErrors: PhoneErrors
  /// What the vocal row sings.
  public let sung: [UInt8]
  /// Frames of a beat, asked for and heard.
  public let askedBeat: Int?
  public let heardBeat: Int?
  /// By the first tag of the group.
  public let tags: [String: Agreement]
  /// How many bars the song is too long; nil where no tempo tells how long a bar is.
  public let barsTooLong: Double?
  /// Whether the model ended it.
  public let isEnded: Bool
  /// Frames that are sung on a vowel, and those of them that are off the pitches of one key.
  public let vowelFrames: Int
  public let offPitchFrames: Int
  /// Frames of sections without words, as far as the song comes to them, and the silent ones of them.
  public let instrumentalFrames: Int
  public let silentFrames: Int
  /// Borders between sections with and without words that the song comes to, and how many of them lie
  /// where they should: nothing is sung in the bar on the one side, something on the other.
  public let borders: Int
  public let rightBorders: Int
  /// Why it may not please.
  public let defects: SongDefects

  /// Whether the song ends within one bar of where it should.
  public var endsRight: Bool? { barsTooLong.map { isEnded && abs($0) <= 1 } }

  /// Measures a song.
  ///
  /// - Parameters:
  ///   - phoneText: The lyrics as the model reads them.
  ///   - words: Words of the lyrics.
  ///   - description: As the model reads it.
  public init(
    id: String, _ song: SongTokens, phoneText: String, words: Int, description: String?,
    stop: StopReason?, _ readers: TokenReaders
  ) {
    let plan = SungPlan(phoneText: phoneText)
    let style = StyleTags(description)
    self.id = id
    frames = song.count
    isEnded = stop == .eos || stop == .end
    let states = readers.vocalPhones.states(song.vocal)
    sung = PhoneReader.phones(states)
    let wanted = plan.readablePhones
    vocalErrors = PhoneErrors(sung, of: wanted)
    mixedErrors = PhoneErrors(
      PhoneReader.phones(readers.mixedPhones.states(song.mixed)), of: wanted)
    askedBeat = style.beat
    heardBeat = readers.tempo.beat(song.accompaniment)
    let isSung = states.map { $0 != 0 }
    var tags: [String: Agreement] = [:]
    for reader in readers.tags {
      guard let asked = style.tag(of: reader.tags), let name = reader.tags.first else { continue }
      tags[name] = Agreement(
        asked: reader.tags[asked], heard: reader.tag(song, isSung: isSung).map { reader.tags[$0] })
    }
    self.tags = tags
    (vowelFrames, offPitchFrames) = readers.pitch.offPitch(song.vocal, states: states)

    let bar = (askedBeat ?? heardBeat).map { 4 * $0 }
    kind = Self.kind(plan, words: words, bar: bar ?? 48)
    barsTooLong = bar.map { Double(song.count - plan.bars * $0) / Double($0) }
    var (instrumental, silent, borders, right) = (0, 0, 0, 0)
    if let bar {
      let ranges = plan.frames(ofSections: bar)
      for (section, range) in zip(plan.sections, ranges) where !section.isSung {
        let part = isSung[min(range.lowerBound, isSung.count)..<min(range.upperBound, isSung.count)]
        instrumental += part.count
        silent += part.count { !$0 }
      }
      for index in ranges.indices.dropFirst() {
        let border = ranges[index].lowerBound
        let sings = (plan.sections[index - 1].isSung, plan.sections[index].isSung)
        guard sings.0 != sings.1, border + bar <= song.count, border >= bar else { continue }
        let sides = (isSung[border - bar..<border], isSung[border..<border + bar])
        let (quiet, loud) = sings.0 ? (sides.1, sides.0) : sides
        borders += 1
        if quiet.count(where: { $0 }) * 5 <= bar && loud.count(where: { $0 }) >= 3 { right += 1 }
      }
    }
    (instrumentalFrames, silentFrames) = (instrumental, silent)
    (self.borders, rightBorders) = (borders, right)
    defects = SongDefects(
      song, plan: plan, states: states, bar: bar, offPitch: (vowelFrames, offPitchFrames),
      readers: readers)
  }

  private static func kind(_ plan: SungPlan, words: Int, bar: Int) -> String {
    guard plan.sections.count <= 1 else { return plan.bars * bar <= 500 ? "short" : "song" }
    if words <= 2 { return "1-2 words" }
    return words <= 5 ? "3-5 words" : "lines"
  }

  /// The figures as JSON.
  public var json: JSONValue {
    func number(_ value: Int?) -> JSONValue { value.map { .integer(Int64($0)) } ?? .null }
    func share(_ value: Double?) -> JSONValue { value.map { .number(rounded($0)) } ?? .null }
    return [
      "id": .string(id), "kind": .string(kind), "frames": number(frames),
      "phones": number(vocalErrors.phones), "phone_errors": number(vocalErrors.errors),
      "phone_error": share(vocalErrors.rate), "phone_error_mixed": share(mixedErrors.rate),
      "sung": .string(SungPlan.text(sung)), "beat_asked": number(askedBeat),
      "beat_heard": number(heardBeat), "bars_too_long": share(barsTooLong),
      "ended": .bool(isEnded), "ends_right": endsRight.map { .bool($0) } ?? .null,
      "tags": .object(
        tags.mapValues { tag in
          ["asked": .string(tag.asked), "heard": tag.heard.map { .string($0) } ?? .null]
        }),
      "vowel_frames": number(vowelFrames), "off_pitch_frames": number(offPitchFrames),
      "instrumental_frames": number(instrumentalFrames), "silent_frames": number(silentFrames),
      "borders": number(borders), "right_borders": number(rightBorders),
      "defects": defects.json,
    ]
  }
}

/// A figure to four places.
func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }
