import SongStream

/// Checks requests one after the other, and repairs them if asked to.
///
///     var checker = RequestChecker(options)
///     let result = checker.check(line: bytes, number: 1)
///     for finding in result.findings { … }
public struct RequestChecker: Sendable {
  /// What the command line adds to every request.
  public struct Options: Sendable {
    /// Whether to repair what is safe.
    public var repairs = false
    /// Takes the place of a request's description.
    public var description: String?
    /// Takes the place of a request's name.
    public var id: String?
    /// Takes the place of a request's type.
    public var generation: GenerationType?
    /// How much the model reads; nil leaves lengths alone.
    public var lengths: LengthLimits?

    public init() {}
  }

  /// What came of one request.
  public struct Result: Sendable {
    /// The request; nil if it has errors.
    public let request: Request?
    /// A name for messages, also when the request has none.
    public let id: String
    /// What a person should know, in the order of their places.
    public let findings: [Finding]
    /// Findings that ``Options/repairs`` did away with.
    public let repaired: Int
  }

  private let options: Options
  private var ids: Set<String> = []

  public init(_ options: Options = Options()) {
    self.options = options
  }

  /// Checks a line of JSON without its line feed.
  public mutating func check(line: [UInt8], number: Int) -> Result {
    finish(RequestLine.read(line, number: number))
  }

  /// Checks a file of plain lyrics.
  ///
  /// - Parameter id: the name of the song: that of the file.
  public mutating func check(plain: [UInt8], id: String) -> Result {
    finish(PlainLyrics.read(plain, id: id))
  }

  private mutating func finish(_ read: RequestDraft) -> Result {
    var draft = read
    var repaired = 0
    let isReadable = !draft.findings.contains { [.encoding, .json, .size].contains($0.rule) }
    if isReadable {
      checkID(&draft)
      override(&draft)
      repaired = checkTexts(&draft)
    }
    let findings = Self.ordered(draft)
    let id = draft.id.flatMap { IDCheck.isUsable($0) ? $0 : nil } ?? IDCheck.fallback(draft.place)
    guard !draft.findings.contains(where: { $0.severity == .error }) else {
      return Result(request: nil, id: id, findings: findings, repaired: repaired)
    }
    let request = Request(
      id: id, lyrics: draft.lyrics?.string ?? ".", description: draft.description?.string,
      promptAudioPath: draft.promptAudioPath, autoPromptType: draft.autoPromptType,
      generation: draft.generation ?? .mixed, unknown: draft.unknown)
    guard request.json.encoded().count <= LyricsLimits.streamBytes else {
      let finding = Finding.error(
        .size, draft.place,
        "the request is larger than \(LyricsLimits.streamBytes) bytes; remove what is not needed")
      return Result(request: nil, id: id, findings: findings + [finding], repaired: repaired)
    }
    return Result(request: request, id: id, findings: findings, repaired: repaired)
  }

  /// The findings in the order of their places, at most so many.
  private static func ordered(_ draft: RequestDraft) -> [Finding] {
    let sorted = draft.findings.enumerated().sorted {
      ($0.element.place ?? draft.place, $0.offset) < ($1.element.place ?? draft.place, $1.offset)
    }.map(\.element)
    let rest = sorted.dropFirst(LyricsLimits.findings)
    guard let first = rest.first else { return sorted }
    let message = "\(rest.count) more findings in this request"
    let isError = rest.contains { $0.severity == .error }
    return sorted.prefix(LyricsLimits.findings) + [
      isError
        ? .error(first.rule, first.place, message) : .warning(first.rule, first.place, message)
    ]
  }

  private mutating func checkID(_ draft: inout RequestDraft) {
    if let id = options.id { draft.id = id }
    guard let id = draft.id else {
      if !draft.keys.contains("idx") {
        draft.findings.append(
          .error(.field, draft.place, "no 'idx': the song needs a name (or give --id)"))
      }
      return
    }
    let place = options.id == nil ? draft.idPlace ?? draft.place : nil
    draft.findings += IDCheck.findings(id, place)
    if !ids.insert(id).inserted {
      draft.findings.append(
        .error(
          .id, place ?? draft.place,
          "'idx' '\(id)' is taken by an earlier request; names must differ"))
    }
  }

  private func override(_ draft: inout RequestDraft) {
    if let description = options.description {
      if draft.description != nil {
        draft.findings.append(
          .warning(
            .description, draft.descriptionPlace ?? draft.place,
            "--describe takes the place of 'descriptions'"))
      }
      draft.description = LocatedText(description)
      draft.descriptionPlace = nil
    }
    if let generation = options.generation { draft.generation = generation }
  }

  /// Checks lyrics and description; how many findings were repaired.
  private func checkTexts(_ draft: inout RequestDraft) -> Int {
    var repaired = 0
    if draft.generation == .accompaniment {
      // The lyrics of an accompaniment are not read: nothing about them matters.
      draft.lyrics = draft.lyrics.flatMap { $0.isEmpty ? nil : $0 }
    } else if let lyrics = draft.lyrics {
      let done = repair(
        lyrics, at: draft.lyricsPlace, check: lyricsFindings, repair: LyricsRepair.repaired)
      draft.lyrics = done.text
      draft.findings += done.findings
      repaired += done.repaired
    } else if !draft.keys.contains("gt_lyric") {
      draft.findings.append(.error(.field, draft.place, "no 'gt_lyric': the song needs lyrics"))
    }
    if let text = draft.description {
      let done = repair(
        text, at: draft.descriptionPlace, check: styleFindings, repair: StyleRepair.repaired)
      draft.description = done.text
      draft.findings += done.findings
      repaired += done.repaired
    }
    return repaired
  }

  private struct Repaired {
    var text: LocatedText?
    var findings: [Finding]
    var repaired = 0
  }

  /// Checks a text; if something can be repaired and may be, checks what comes out.
  private func repair(
    _ text: LocatedText, at place: Place?, check: (LocatedText) -> [Finding],
    repair: (LocatedText) -> LocatedText?
  ) -> Repaired {
    let found = check(text)
    var result = Repaired(text: text, findings: found)
    if options.repairs, found.contains(where: \.isRepairable) {
      result.text = repair(text)
      result.findings = result.text.map(check) ?? []
      result.repaired = max(0, found.count - result.findings.count)
    }
    result.findings = result.findings.map { $0.placed(place) }
    return result
  }

  private func lyricsFindings(_ text: LocatedText) -> [Finding] {
    guard text.string.utf8.count <= LyricsLimits.lyricsBytes else {
      return [
        .error(
          .size, text.places.first ?? nil,
          "the lyrics have \(text.string.utf8.count) bytes, the limit is \(LyricsLimits.lyricsBytes)"
        )
      ]
    }
    let outline = Outline(text)
    return SectionCheck.findings(text, outline) + SeparatorCheck.findings(text, outline)
      + CharacterCheck.findings(text, in: "the lyrics")
      + (options.lengths.map { LengthCheck.lyrics(text, $0) } ?? [])
  }

  private func styleFindings(_ text: LocatedText) -> [Finding] {
    guard text.string.utf8.count <= LyricsLimits.descriptionBytes else {
      return [
        .error(
          .size, text.places.first ?? nil,
          "the description has \(text.string.utf8.count) bytes, the limit is "
            + "\(LyricsLimits.descriptionBytes)")
      ]
    }
    return StyleCheck.findings(text)
      + (options.lengths.map { LengthCheck.description(text, $0) } ?? [])
  }
}
