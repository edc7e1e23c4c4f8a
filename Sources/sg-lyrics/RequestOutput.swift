import Diagnostics
import Lyrics
import SongStream
import ToolSupport

/// Where requests go: a stream of songs without frames, or JSON lines.
final class RequestOutput {
  /// The form of the output.
  enum Form {
    case stream
    case lines
  }

  private let file: OutputFile
  private let songs: SongWriter?
  private let history: HistoryEntry

  init(
    _ path: String?, form: Form, force: Bool, options: [String: JSONValue]
  ) throws(ToolFailure) {
    file = try OutputFile(path, binary: form == .stream, force: force)
    songs = form == .stream ? file.songs() : nil
    history = HistoryEntry(
      tool: LyricsTool.toolName, version: Version.string, options: options)
  }

  /// Writes a request, or the failure of one with errors.
  func write(_ result: RequestChecker.Result, file name: String) throws {
    guard let songs else {
      if let request = result.request {
        try file.write(String(decoding: request.referenceJSON.encoded(), as: UTF8.self) + "\n")
      }
      return
    }
    var header = SongHeader(kind: .request, id: result.id, history: [history])
    guard let request = result.request else {
      try songs.begin(header)
      let first = result.findings.first { $0.severity == .error }
      let message = first.map { FindingReport.line($0, name) } ?? "the request has an error"
      try songs.fail(
        SongAbort(
          tool: LyricsTool.toolName, code: Int(ExitStatus.data.rawValue),
          message: printable(message.prefix { $0 != "\n" }, limit: 300)))
      return
    }
    header.request = request.json
    try songs.begin(header)
    try songs.end(stop: .end)
  }

  /// Ends the output, now that all requests are written.
  func finish() throws {
    try songs?.close()
    try file.commit()
  }
}
