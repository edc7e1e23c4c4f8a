import Diagnostics
import Journal
import SongStream
import ToolSupport

/// The journal of `--journal` and what it said when the run began.
final class Batch {
  private let journal: JournalFile
  private let directory: String
  private var done: DoneSongs

  /// - Parameters:
  ///   - directory: Where the songs go, with its slash.
  ///   - names: Is told of the names that songs of the journal have.
  init(_ path: String, directory: String, names: inout FileNames) throws {
    done = try DoneSongs(path)
    journal = try JournalFile(path)
    self.directory = directory
    for file in done.files {
      guard let name = name(of: file.path) else { continue }
      names.reserve(String(name.prefix(upTo: name.lastIndex(of: ".") ?? name.endIndex)))
    }
  }

  /// The file that the journal has for a song, and whether that is done; nil for a new song.
  func file(_ header: SongHeader) -> (path: String, isDone: Bool)? {
    guard let (file, isDone) = done.take(SongKey(header)), name(of: file.path) != nil else {
      return nil
    }
    return (file.path, isDone)
  }

  /// Notes that a song's file is whole.
  func finished(_ header: SongHeader, file: String, digest: (sha256: String, bytes: Int)) throws {
    try journal.append(
      JournalEntry(header, .done(file: file, bytes: digest.bytes, sha256: digest.sha256)))
  }

  /// Notes that `tool` gave a song up.
  func failed(_ header: SongHeader, tool: String, code: Int, message: String) throws {
    try journal.append(JournalEntry(header, .failed(tool: tool, code: code, message: message)))
  }

  /// The part of `path` after the directory, if that is a plain name: the journal comes from
  /// outside, and nothing is written elsewhere because of it.
  private func name(of path: String) -> Substring? {
    guard path.hasPrefix(directory) else { return nil }
    let name = path.dropFirst(directory.count)
    return name.isEmpty || name.hasPrefix(".") || name.contains("/") ? nil : name
  }
}
