public import Diagnostics
import Glibc
import Synchronization

/// What a tool says on standard error: one line per message, begun with the tool's name.
///
/// Every line is one `write(2)`, so that lines of several tools of a pipe do not mix; a progress
/// line on the terminal is erased first and comes back with the next update of its ``Progress``.
public final class Console: Sendable {
  public let tool: String
  public let quiet: Bool
  public let verbose: Bool
  private let statusLine = Mutex(false)

  public init(tool: String, quiet: Bool = false, verbose: Bool = false) {
    self.tool = tool
    self.quiet = quiet
    self.verbose = verbose
  }

  /// Says what ended the work, or the work on one song.
  public func error(_ failure: any SongFailure, song: String? = nil) {
    say(subject(song) + failure.description)
  }

  /// Says what the user should know but need not act on; not with `--quiet`.
  public func warning(_ text: String, song: String? = nil) {
    if !quiet { say("warning: " + subject(song) + text) }
  }

  /// Says a result, such as the drawn seed; not with `--quiet`.
  public func note(_ text: String, song: String? = nil) {
    if !quiet { say(subject(song) + text) }
  }

  /// Says what came of the work, without the tool's name; not with `--quiet`.
  public func summary(_ text: String) {
    if !quiet { line(text + "\n") }
  }

  /// Says what is done on the way; only with `--verbose`.
  public func detail(_ text: String, song: String? = nil) {
    if verbose { say(subject(song) + text) }
  }

  /// Shows how the work goes: in place of the last such text on a terminal, else only with `--verbose`.
  public func live(_ text: String) {
    if !quiet, !verbose, Descriptor.isTerminal(STDERR_FILENO), Environment["TERM"] != "dumb" {
      status(text)
    } else {
      detail(text)
    }
  }

  private func subject(_ song: String?) -> String { song.map { quoted($0) + ": " } ?? "" }

  private func say(_ text: String) { line("\(tool): \(text)\n") }

  /// Writes a whole line as it is, with its line feed.
  func line(_ text: String) {
    statusLine.withLock { shown in
      put((shown ? "\r\u{1B}[K" : "") + text)
      shown = false
    }
  }

  /// Shows `text` in place of the last status text; an empty text erases it.
  func status(_ text: String) {
    statusLine.withLock { shown in
      if text.isEmpty && !shown { return }
      put("\r\u{1B}[K" + text)
      shown = !text.isEmpty
    }
  }

  private func put(_ text: String) {
    let bytes = Array(text.utf8)
    bytes.withUnsafeBytes { buffer in
      // A message that cannot be told cannot be told about either.
      try? Descriptor.write(buffer, to: STDERR_FILENO, name: "standard error")
    }
  }
}
