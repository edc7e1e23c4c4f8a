import Diagnostics
import EvaluationReport
import Pictures
import SongEvaluation
import SongStream
import TextTokens
import ToolSupport

/// The page of `--html` in the making. The songs wait in a temporary file, so that memory holds the
/// pictures of one song only; the overview before them is known last.
final class ReportFile {
  private let output: OutputFile
  private let waiting: TemporaryFile
  private var entries: [ReportPage.Entry] = []
  private let tokens: TokenBook
  private let lexicon: PhonemeFrontEnd

  private static let generator = "\(Eval.toolName) \(Version.string)"

  init(_ path: String, settings: EvaluationSettings) throws {
    output = try OutputFile(path, binary: false)
    waiting = try TemporaryFile()
    tokens = settings.tokens
    lexicon = settings.lexicon
  }

  /// Adds a song.
  func add(_ song: Evaluated) throws {
    let anchor = "song\(entries.count + 1)"
    let part = ReportSong(
      id: song.id, origin: origin(song), figures: song.figures, score: song.score,
      pictures: try pictures(song), words: words(song),
      sections: song.figures.wishes?.sections ?? [])
    let bytes = Array(part.section(anchor: anchor).utf8)
    try bytes.withUnsafeBytes {
      try Descriptor.write($0, to: waiting.descriptor, name: "a temporary file")
    }
    entries.append(
      ReportPage.Entry(id: song.id, anchor: anchor, figures: song.figures, score: song.score))
  }

  /// Writes the page.
  func finish() throws {
    guard !entries.isEmpty else { return output.discard() }
    try output.write(ReportPage.head(entries, generator: Self.generator))
    let store = FileStore(waiting.descriptor)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var offset: UInt64 = 0
    while true {
      let count = try buffer.withUnsafeMutableBytes { try store.read(at: offset, into: $0) }
      if count == 0 { break }
      try buffer.withUnsafeBytes {
        try output.write(UnsafeRawBufferPointer(rebasing: $0[..<count]))
      }
      offset += UInt64(count)
    }
    try output.write(ReportPage.foot(generator: Self.generator))
    try output.commit()
  }

  private func origin(_ song: Evaluated) -> String {
    var parts = [song.source]
    guard let header = song.header else { return parts[0] }
    if let seed = header.seed { parts.append("seed \(seed)") }
    parts += header.models.map { "\($0.role) \($0.name)" }
    if header.extra["toy"]?.bool == true { parts.append("a toy model") }
    return parts.joined(separator: ", ")
  }

  private func pictures(_ song: Evaluated) throws -> [ReportSong.Picture] {
    var result: [ReportSong.Picture] = []
    if song.sketches.contains(where: { $0.sketch.frames > 0 }) {
      let names = song.sketches.map(\.name).joined(separator: " and ")
      let picture = SoundPicture(title: "Level and spectrogram", caption: "", panels: song.sketches)
      result.append(
        ReportSong.Picture(
          title: "Level and spectrogram: \(names)", png: try picture.draw().png()))
    }
    // A song that is too long for a picture of single tokens has none.
    if let tokens = tokens.song(song.id),
      let frames = tokens.rows.map(\.tokens.count).max(), (1...TokenPicture.mostFrames) ~= frames
    {
      let picture = TokenPicture(
        title: "Tokens", caption: "", rows: tokens.rows, rate: tokens.rate)
      result.append(ReportSong.Picture(title: "Rows of tokens", png: try picture.draw().png()))
    }
    return result
  }

  private func words(_ song: Evaluated) -> WordTimes? {
    guard let lyrics = song.lyrics else { return nil }
    let words = lexicon.words(lyrics)
    if let ordinals = song.ordinals {
      let counted = words.map { ($0, lexicon.phonemes(ofWord: $0).count) }
      return WordTimes(counted, ordinals: ordinals.labels, rate: ordinals.rate)
    }
    return WordTimes(words, over: song.figures.pitchTrack, period: song.figures.pitchPeriod)
  }
}
