import Diagnostics
import Lyrics
import ToolSupport

/// Reads files of requests and checks what is in them, a request as soon as its line is there.
struct RequestReader {
  private static let chunk = 1 << 16
  /// Lines in one file that are no JSON before the rest of it is left alone.
  private static let patience = 20

  private var checker: RequestChecker

  init(_ options: RequestChecker.Options) {
    checker = RequestChecker(options)
  }

  /// Reads one file; `-` is standard input.
  mutating func read(
    _ path: String, _ take: (_ name: String, RequestChecker.Result) throws -> Void
  ) throws {
    let file = try InputFile(path, binary: false)
    var buffer: [UInt8] = []
    var isMore = true
    while isMore, InputForm(beginningOf: buffer) == .empty {
      isMore = try Self.fill(&buffer, from: file)
    }
    switch InputForm(beginningOf: buffer) {
    case .empty: return
    case .plain:
      while isMore, buffer.count <= LyricsLimits.requestBytes {
        isMore = try Self.fill(&buffer, from: file)
      }
      let id = path == "-" ? SongName.standard : SongName.from(path: path)
      try take(file.name, checker.check(plain: buffer, id: id))
    case .lines:
      try lines(file, buffer, take)
    }
  }

  private mutating func lines(
    _ file: InputFile, _ start: [UInt8],
    _ take: (_ name: String, RequestChecker.Result) throws -> Void
  ) throws {
    var buffer = start
    var number = 0
    var broken = 0
    var isMore = true
    while broken < Self.patience {
      let line = try Self.line(&buffer, &isMore, file)
      guard let line else { return }
      number += 1
      if line.allSatisfy({ " \t\r".utf8.contains($0) }) { continue }
      let result = checker.check(line: line, number: number)
      if result.findings.contains(where: { $0.rule == .json }) { broken += 1 }
      try take(file.name, result)
    }
    throw ToolFailure(
      .data, "'\(printable(file.name))': \(broken) lines are no JSON; the rest is not read")
  }

  /// The next line without its line feed; of one that is too long only as much as shows it.
  private static func line(
    _ buffer: inout [UInt8], _ isMore: inout Bool, _ file: InputFile
  ) throws -> [UInt8]? {
    var searched = 0
    while true {
      if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        let line = Array(buffer[..<end].prefix(LyricsLimits.requestBytes + 1))
        buffer.removeSubrange(...end)
        return line
      }
      // A line that goes on for ever must not fill the memory.
      if buffer.count > LyricsLimits.requestBytes + chunk {
        buffer.removeSubrange((LyricsLimits.requestBytes + 1)...)
      }
      searched = buffer.count
      guard isMore else {
        let line = Array(buffer.prefix(LyricsLimits.requestBytes + 1))
        buffer = []
        return line.isEmpty ? nil : line
      }
      isMore = try fill(&buffer, from: file)
    }
  }

  /// Adds what can be read at once; false at the end.
  private static func fill(_ buffer: inout [UInt8], from file: InputFile) throws -> Bool {
    var bytes = [UInt8](repeating: 0, count: chunk)
    let count = try bytes.withUnsafeMutableBytes { try file.read(into: $0) }
    buffer += bytes[..<count]
    return count > 0
  }
}
