public import SongStream

/// The figures of several songs together.
public struct FiguresSummary: Sendable, Hashable {
  /// How many of some songs are right.
  public struct Share: Sendable, Hashable {
    public private(set) var right: Int
    public private(set) var all: Int

    public init(right: Int = 0, of all: Int = 0) {
      (self.right, self.all) = (right, all)
    }

    /// Nil where there is nothing.
    public var value: Double? { all > 0 ? Double(right) / Double(all) : nil }

    mutating func add(_ isRight: Bool?) {
      guard let isRight else { return }
      all += 1
      if isRight { right += 1 }
    }

    mutating func add(_ right: Int, of all: Int) {
      self.right += right
      self.all += all
    }
  }

  public private(set) var songs = 0
  public private(set) var vocalErrors = PhoneErrors(errors: 0, phones: 0)
  public private(set) var mixedErrors = PhoneErrors(errors: 0, phones: 0)
  public private(set) var tempo = Share()
  public private(set) var ends = Share()
  /// By the first tag of the group.
  public private(set) var tags: [String: Share] = [:]
  public private(set) var offPitch = Share()
  public private(set) var silent = Share()
  public private(set) var borders = Share()
  /// The mean of ``SongDefects/score``.
  public var score: Double? { songs > 0 ? scores / Double(songs) : nil }
  private var scores = 0.0

  public init() {}

  public mutating func add(_ song: SongFigures) {
    songs += 1
    vocalErrors = vocalErrors + song.vocalErrors
    mixedErrors = mixedErrors + song.mixedErrors
    tempo.add(song.askedBeat.map { $0 == song.heardBeat })
    ends.add(song.endsRight)
    for (name, tag) in song.tags { tags[name, default: Share()].add(tag.isRight) }
    offPitch.add(song.offPitchFrames, of: song.vowelFrames)
    silent.add(song.silentFrames, of: song.instrumentalFrames)
    borders.add(song.rightBorders, of: song.borders)
    scores += song.defects.score
  }

  public var json: JSONValue {
    func number(_ value: Double?) -> JSONValue { value.map { .number(rounded($0)) } ?? .null }
    return [
      "songs": .integer(Int64(songs)), "phone_error": number(vocalErrors.rate),
      "phone_error_mixed": number(mixedErrors.rate), "tempo_right": number(tempo.value),
      "ends_right": number(ends.value), "tags_right": .object(tags.mapValues { number($0.value) }),
      "off_pitch": number(offPitch.value), "instrumental_silent": number(silent.value),
      "borders_right": number(borders.value), "score": number(score),
    ]
  }
}
