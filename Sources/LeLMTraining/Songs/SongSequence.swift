package import LeLM

/// What of a song's conditions is kept in training, so that any subset of them works (LeVo, section 3.4:
/// text and audio prompts are each dropped with 50 %; guidance dropout of all of them besides).
public struct ConditionDropout: Sendable, Hashable {
  /// Everything: the null row of classifier-free guidance.
  public var all = 0.12
  /// The whole description.
  public var description = 0.15
  /// Each tag of a description that is kept.
  public var tag = 0.2
  /// The audio prompt.
  public var prompt = 0.85

  public init() {}

  /// Nothing is dropped, and there is no prompt.
  public static var none: ConditionDropout {
    var dropout = ConditionDropout()
    (dropout.all, dropout.description, dropout.tag, dropout.prompt) = (0, 0, 0, 1)
    return dropout
  }
}

/// One song as the transformers read it: a prefix of conditions, then the columns of the delay pattern.
package struct SongSequence: Sendable {
  let song: TrainingSong
  let lyrics: [Int32]
  let structure: [Int32]
  let style: [Int32]
  /// [3][prompt frames + 1]
  let prompt: [[Int32]]
  /// Positions of the prefix that are read, ascending. Padding may be left out; the positions of the rest
  /// stay what they are.
  let prefix: [Int]
  let alignment: SongAlignment?
  /// [3][columns]: what is read.
  let columns: [[Int32]]

  /// Rows that T1 and T2 read.
  var rows: Int { prefix.count + columns[0].count }

  /// A song with its conditions as they are, all of the prefix read.
  package init(_ song: TrainingSong, _ ids: ConditionIDs, _ config: LeLMConfig) {
    self.init(
      song: song, lyrics: ids.lyrics[0], structure: ids.structure[0], style: ids.style[0],
      prompt: ids.prompt[0], prefix: Array(0..<config.prefixLength), alignment: nil,
      config: config)
  }

  private init(
    song: TrainingSong, lyrics: [Int32], structure: [Int32], style: [Int32], prompt: [[Int32]],
    prefix: [Int], alignment: SongAlignment?, config: LeLMConfig
  ) {
    self.song = song
    self.lyrics = lyrics
    self.structure = structure
    self.style = style
    self.prompt = prompt
    self.prefix = prefix
    self.alignment = alignment
    let (end, special) = (config.endToken, config.specialToken)
    let count = song.frames + 1 + (config.delays.max() ?? 0)
    columns = (0..<3).map { row in
      (0..<count).map { column in
        let frame = column - 1 - config.delays[row]
        if frame >= 0, frame < song.frames { return Int32(song.tokens[row][frame]) }
        return frame == song.frames ? end : special
      }
    }
  }

  /// - Parameters:
  ///   - wholePrefix: read all of the prefix with its padding, as in generation; else without most of it,
  ///     which is cheaper. A sequence with a prompt has all of it.
  init(
    _ song: TrainingSong, _ text: SongText, _ config: LeLMConfig, dropout: ConditionDropout,
    wholePrefix: Bool, _ draws: inout StepDraws
  ) {
    let isNull = draws.happens(dropout.all)
    let hasStyle = !draws.happens(dropout.description) && !isNull
    let tags = song.tags.filter { _ in !draws.happens(dropout.tag) }
    let promptStart = draws.uniform()
    let usesPrompt =
      !draws.happens(dropout.prompt) && wholePrefix && !isNull
      && song.frames > 2 * config.promptFrames + 10
    let lyrics = text.lyrics(isNull ? nil : song.lyrics)
    let style = text.style(hasStyle ? tags : nil)
    var tokens: PromptTokens?
    if usesPrompt {
      let first = Int(promptStart * Double(song.frames - config.promptFrames))
      tokens = try? PromptTokens(
        rows: song.tokens.map { $0[first..<first + config.promptFrames].map(Int32.init) })
    }
    let prompt = PromptTokens.columns(
      tokens, codeSize: config.codeSize, frames: config.promptFrames)[0]
    let padding = draws.index(4)
    let prefix: [Int]
    if wholePrefix {
      prefix = Array(0..<config.prefixLength)
    } else {
      let kept = min(config.lyricsLength, lyrics.count + padding)
      let parts = config.lyricsLength + min(3, config.promptLength)
      prefix =
        Array(0..<kept) + Array(config.lyricsLength..<parts)
        + Array(config.lyricsLength + config.promptLength..<config.prefixLength)
    }
    var alignment: SongAlignment?
    if let labels = song.labels, !isNull {
      let places = text.places(lyrics.ids[..<lyrics.count])
      alignment = SongAlignment(
        labels: labels, phones: places.phones, sectionLabels: places.labels, idCount: lyrics.count)
    }
    self.init(
      song: song, lyrics: lyrics.ids, structure: lyrics.structure, style: style.ids,
      prompt: prompt, prefix: prefix, alignment: alignment, config: config)
  }

  /// What column `column` + 1 of a row holds, if the song or its end token is there.
  func target(row: Int, after column: Int, _ config: LeLMConfig) -> Int32? {
    let frame = column - config.delays[row]
    guard frame >= 0, frame <= song.frames else { return nil }
    return frame == song.frames ? config.endToken : Int32(song.tokens[row][frame])
  }
}
