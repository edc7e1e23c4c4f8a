import Diagnostics
import Glibc
import SongStream

/// The log of a run: a line of JSON for every ``RunLogEntry``.
///
/// A line is one `write(2)`. When a run goes on, the lines of steps that will be done again are taken
/// away first, and so is a line that a kill tore.
public final class RunLog {
  /// Largest log that is read, in bytes.
  private static let limit = 1 << 30

  private let path: String
  private let descriptor: Int32
  /// Seconds of the clock before this process.
  private let before: Double
  private let began = RunLog.now()
  private var last: Double

  init(_ folder: String, _ name: String, upTo step: Int) throws(RunFailure) {
    path = folder + "/" + name
    var seconds = 0.0
    if access(path, F_OK) == 0 {
      let bytes = try readFile(path, limit: Self.limit)
      var kept: [UInt8] = []
      kept.reserveCapacity(bytes.count)
      for (line, entry) in Self.entries(bytes) where entry.step <= step {
        kept += line
        kept.append(UInt8(ascii: "\n"))
        seconds = max(seconds, entry.seconds ?? 0)
      }
      if kept != bytes { try WholeFile.write(kept, to: folder, name) }
    }
    before = seconds
    last = began
    descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, mode_t(0o666))
    guard descriptor >= 0 else { throw .system(.cannotCreate, "create", path, errno) }
  }

  deinit { _ = close(descriptor) }

  /// Adds a line, with the time and the tokens per second, and returns it.
  ///
  /// - Throws: ``RunFailure`` with status 74. Calls `write(2)`.
  @discardableResult
  public func append(_ entry: RunLogEntry) throws(RunFailure) -> RunLogEntry {
    var entry = entry
    let now = Self.now()
    entry.seconds = before + now - began
    if let tokens = entry.tokens, now > last {
      entry.tokensPerSecond = Double(tokens) / (now - last)
    }
    last = now
    let bytes = Array((entry.json.printed() + "\n").utf8)
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        write(descriptor, $0.baseAddress?.advanced(by: written), $0.count - written)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw .system(.inputOutput, "write", path, errno) }
      written += count
    }
    return entry
  }

  /// Reads the log of the run in a folder, or a log itself. Lines that are torn or of something else
  /// are passed over.
  ///
  /// - Throws: ``RunFailure`` with status 66 when there is none.
  public static func read(_ path: String) throws(RunFailure) -> [RunLogEntry] {
    var information = stat()
    let isFolder = stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
    let file = isFolder ? path + "/" + RunFolder.logName : path
    return entries(try readFile(file, limit: limit)).map(\.entry)
  }

  /// The whole lines that are entries.
  private static func entries(
    _ bytes: [UInt8]
  ) -> [(line: ArraySlice<UInt8>, entry: RunLogEntry)] {
    var result: [(line: ArraySlice<UInt8>, entry: RunLogEntry)] = []
    var start = 0
    while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
      let line = bytes[start..<end]
      if let json = try? JSONValue(parsing: line), let entry = RunLogEntry(json: json) {
        result.append((line, entry))
      }
      start = end + 1
    }
    return result
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
