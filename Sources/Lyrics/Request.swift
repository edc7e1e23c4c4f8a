public import SongStream

/// What a song is made from: lyrics, a description, and how the song should be.
public struct Request: Sendable, Hashable {
  /// Key of ``generation`` in a request; the reference has it as a flag of the same name.
  static let typeKey = "generate_type"
  /// Key of ``sections``; derived, never read.
  static let sectionsKey = "sections"

  /// The styles under which automatic prompts are kept.
  public static let autoPromptTypes = [
    "Pop", "Latin", "Rock", "Electronic", "Metal", "Country", "R&B/Soul", "Ballad", "Jazz",
    "World", "Hip-Hop", "Funk", "Soundtrack", "Auto",
  ]

  /// The name of the song.
  public var id: String
  /// The lyrics in one line, as given or repaired.
  public var lyrics: String
  /// Tags parted by commas; an empty description is not the same as none.
  public var description: String?
  /// A recording that the song should sound like; never opened by these tools.
  public var promptAudioPath: String?
  /// A style under which a model keeps recordings of its own.
  public var autoPromptType: String?
  /// What of the song is asked for.
  public var generation: GenerationType
  /// Keys that nobody here knows.
  public var unknown: [String: JSONValue]

  public init(
    id: String, lyrics: String, description: String? = nil, promptAudioPath: String? = nil,
    autoPromptType: String? = nil, generation: GenerationType = .mixed,
    unknown: [String: JSONValue] = [:]
  ) {
    self.id = id
    self.lyrics = lyrics
    self.description = description
    self.promptAudioPath = promptAudioPath
    self.autoPromptType = autoPromptType
    self.generation = generation
    self.unknown = unknown
  }

  /// The sections of the lyrics; those without label and words are left out.
  public var sections: [Section] {
    let text = LocatedText(lyrics)
    var sections: [Section] = []
    for part in Outline(text).sections {
      let words = text.string(part.words)
      if part.isRest, let last = sections.popLast() {
        sections.append(
          Section(label: last.label, text: last.text.isEmpty ? words : last.text + " ; " + words))
      } else {
        sections.append(Section(label: part.label.map { text.string($0) }, text: words))
      }
    }
    return sections
  }

  /// Whether the song has no voice, so that the lyrics are not read.
  public var isInstrumental: Bool { generation == .accompaniment }
}

extension Request {
  /// Reads a request from a stream.
  ///
  /// - Throws: ``LyricsFailure`` if the name or the lyrics are missing, or a key has another type.
  public init(json: JSONValue) throws(LyricsFailure) {
    func text(_ key: String) throws(LyricsFailure) -> String? {
      guard let value = json[key], value != .null else { return nil }
      if key == "idx", let number = value.integer { return String(number) }
      guard let text = value.string else { throw LyricsFailure("'\(key)' is not a string") }
      return text
    }
    guard let members = json.object else { throw LyricsFailure("it is not an object") }
    guard let id = try text("idx") else { throw LyricsFailure("it has no 'idx'") }
    guard let lyrics = try text("gt_lyric") else { throw LyricsFailure("it has no 'gt_lyric'") }
    guard lyrics.utf8.count <= LyricsLimits.requestBytes else {
      throw LyricsFailure("'gt_lyric' is too long")
    }
    let name = try text(Self.typeKey) ?? GenerationType.mixed.rawValue
    guard let generation = GenerationType(rawValue: name) else {
      throw LyricsFailure("'\(Self.typeKey)' is none of mixed, vocal, separate, bgm")
    }
    self.init(
      id: id, lyrics: lyrics, description: try text("descriptions"),
      promptAudioPath: try text("prompt_audio_path"),
      autoPromptType: try text("auto_prompt_audio_type"), generation: generation,
      unknown: members.filter { !Self.ownKeys.contains($0.key) })
  }

  private static let ownKeys: Set<String> = [
    "idx", "gt_lyric", "descriptions", "prompt_audio_path", "auto_prompt_audio_type", typeKey,
    sectionsKey,
  ]

  /// The request as the reference reads it: its own keys, and those that nobody knows.
  public var referenceJSON: JSONValue {
    var members = unknown
    members["idx"] = .string(id)
    members["gt_lyric"] = .string(lyrics)
    if let description { members["descriptions"] = .string(description) }
    if let promptAudioPath { members["prompt_audio_path"] = .string(promptAudioPath) }
    if let autoPromptType { members["auto_prompt_audio_type"] = .string(autoPromptType) }
    if generation != .mixed { members[Self.typeKey] = .string(generation.rawValue) }
    return .object(members)
  }

  /// The request as it goes through the tools: ``referenceJSON`` and its sections.
  public var json: JSONValue {
    var members = referenceJSON.object ?? [:]
    members[Self.sectionsKey] = .array(sections.map(\.json))
    return .object(members)
  }
}
