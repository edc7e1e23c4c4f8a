import ArgumentParser
import DefaultModel
import Diagnostics
import Glibc
import Lyrics
import SongEvaluation
import SongStream
import TextTokens
import ToolSupport
import Weights

/// Figures of finished songs.
@main
struct Eval: SongTool {
  static let configuration = CommandConfiguration.tool(
    "sg-eval",
    abstract: "Measure songs, order candidates, and make reports.",
    discussion: """
      Reads stems (sg-decode), audio files and folders of them, and prints figures of each song: \
      loudness, clipping, silence, loops, tempo, key, borders, pitch, balance and leakage, and how \
      they agree with the request.
      """,
    examples: [
      "sg-eval song.flac",
      "sg-lyrics song.jsonl | sg-lm -n 8 | sg-decode | sg-eval --rank | head -n 1",
      "sg-lyrics song.jsonl | sg-lm -n 8 | sg-decode | sg-eval --best | sg-mix -o song.flac",
      "sg-eval --html report.html --requests songs.jsonl songs/",
    ])

  @OptionGroup var common: CommonOptions
  @OptionGroup(title: "Output") var output: OutputFlags
  @OptionGroup(title: "What is known of the songs") var knowledge: KnowledgeFlags
  @OptionGroup var force: ForceOption
  @OptionGroup var limit: LimitOptions

  @Argument(
    help: ArgumentHelp(
      "Audio files, folders of them, or streams of stems (default: standard input, a stream).",
      valueName: "file"),
    completion: .file())
  var files: [String] = []

  func validate() throws {
    if output.best, files.count > 1 {
      throw ValidationError("'--best' takes one stream; \(files.count) files are given")
    }
    if files.count > 1, knowledge.labels != nil {
      throw ValidationError("'--labels' goes with one song; \(files.count) files are given")
    }
  }

  mutating func work(_ console: Console) throws {
    let limits = limit.limits
    let settings = EvaluationSettings(
      ranking: output.ranking,
      requests: try knowledge.requests.map { try RequestBook($0) } ?? RequestBook(),
      tokens: try knowledge.tokens.map { try TokenBook($0, limits: limits) } ?? TokenBook(),
      borders: try knowledge.borders(), reference: knowledge.reference,
      recogniser: knowledge.asr.map { Recogniser(command: $0) }, lexicon: try Self.lexicon(),
      limits: limits, draws: output.html != nil, console: console)
    let paths = try files.isEmpty ? ["-"] : files.flatMap { try AudioFolder.files($0) }
    let best =
      output.best
      ? try BestSongs(output.output, force: force.force, limits: limits, console: console) : nil
    let session = EvaluationSession(
      settings,
      output: output.best ? nil : FigureOutput(isJSON: output.json, ranks: output.rank),
      report: try output.html.map { try ReportFile($0, settings: settings) }, best: best,
      progress: Progress(common.progress, console: console))
    for path in paths { try session.evaluate(path: path, force: force.force) }
    try session.finish()
  }

  /// How words are pronounced: by the lexicon of the embedded model.
  private static func lexicon() throws -> PhonemeFrontEnd {
    let file = try DefaultModel.directory().file(.lexicon)
    return try withExtendedLifetime(file) {
      try PhonemeFrontEnd(lexicon: file.bytes, labels: SectionLabel.allCases.map(\.rawValue))
    }
  }
}
