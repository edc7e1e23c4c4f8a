import ArgumentParser
import Diagnostics
import SongEvaluation
import ToolSupport

/// What is known of the songs beside their sound.
struct KnowledgeFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Requests of the songs, where the stream does not hold them: JSON lines as sg-lyrics reads "
        + "or sg-mix prints them.", valueName: "file"),
    completion: .file(extensions: ["jsonl"]))
  var requests: String?

  @Option(
    help: ArgumentHelp(
      "The songs as tokens, for their rows in the report and for labels.", valueName: "file"),
    completion: .file(extensions: ["sgs"]))
  var tokens: String?

  @Option(
    help: ArgumentHelp(
      "Where the sections of one song begin: lines of seconds and a label.", valueName: "file"),
    completion: .file())
  var labels: String?

  @Option(
    help: ArgumentHelp(
      "The recording that the song was made from, to be compared sample by sample.",
      valueName: "file"),
    completion: .file())
  var reference: String?

  @Option(
    help: ArgumentHelp(
      "A recogniser of speech: a command that gets the path of a WAV file and prints words.",
      valueName: "command"))
  var asr: String?

  /// The borders of `--labels`.
  ///
  /// - Throws: ``ToolFailure``: 66 when there is no such file, 65 when it is malformed.
  func borders() throws -> [Double]? {
    guard let labels else { return nil }
    let file = try InputFile(labels, binary: false)
    let text = String(decoding: try file.readAll(limit: 1 << 20), as: UTF8.self)
    guard let borders = SectionTrack.borders(text: text) else {
      throw ToolFailure(
        .data, "'\(printable(labels))' is not made of lines that begin with seconds")
    }
    return borders
  }
}
