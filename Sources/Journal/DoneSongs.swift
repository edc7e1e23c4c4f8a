import Diagnostics
import Glibc
import SongStream

/// The songs that a journal says are done.
///
/// Lines that are torn, of another form, or of songs that failed count for nothing.
public struct DoneSongs: Sendable {
  /// A finished song's file.
  public struct File: Sendable, Hashable {
    public let path: String
    /// SHA-256 of the request that it was made of; see ``SongKey/request``.
    let request: String
    let bytes: Int
    /// Which of how many candidates of a request the song is.
    let candidate: Candidate?

    /// Whether the file is there with all its bytes. Calls `stat(2)`.
    var isWhole: Bool {
      var information = stat()
      return stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFREG
        && Int(information.st_size) == bytes
    }
  }

  struct Candidate: Sendable, Hashable {
    let index: Int64
    let count: Int64
  }

  /// Longest line that is looked at; what is longer is no line of a journal.
  private static let lineLimit = 1 << 20

  /// By the name of the song; songs of one name, in the order of the journal.
  private var songs: [String: [File]] = [:]
  /// The candidates by the name of their request.
  private var candidates: [String: [File]] = [:]

  public init() {}

  /// Reads the journal at `path`; one that is not there is empty.
  ///
  /// - Throws: ``JournalFailure`` with status 66 or 74. Calls `open(2)` and `read(2)`.
  public init(_ path: String) throws(JournalFailure) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return }
      throw JournalFailure(.noInput, path, "open", errno)
    }
    defer { _ = close(descriptor) }
    var information = stat()
    guard fstat(descriptor, &information) == 0 else {
      throw JournalFailure(.inputOutput, path, "read", errno)
    }
    // A device may have no end.
    guard information.st_mode & S_IFMT == S_IFREG else {
      throw JournalFailure(.noInput, path, "read", EINVAL)
    }
    var line: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      if count < 0 { throw JournalFailure(.inputOutput, path, "read", errno) }
      if count == 0 { return }
      for byte in chunk[..<count] {
        if byte == UInt8(ascii: "\n") {
          add(line)
          line.removeAll(keepingCapacity: true)
        } else if line.count <= Self.lineLimit {
          line.append(byte)
        }
      }
    }
  }

  /// All files that are named.
  public var files: [File] { songs.values.flatMap(\.self) }

  /// Whether the song is done and its file whole. A song that was asked for is forgotten, so that one
  /// that stands in a batch twice must be done twice.
  public mutating func isDone(_ key: SongKey) -> Bool {
    take(key.id) { $0.request == key.request && $0.isWhole } != nil || hasAllCandidates(key)
  }

  /// Whether all candidates of the request are there, as many as the last of them says.
  private func hasAllCandidates(_ key: SongKey) -> Bool {
    let files = (candidates[key.id] ?? []).filter { $0.request == key.request }
    guard let count = files.last?.candidate?.count else { return false }
    let whole = files.filter { $0.candidate?.count == count && $0.isWhole }
    return Set(whole.compactMap(\.candidate?.index)).count == count
  }

  /// Takes out the file that a song had, and says whether that is whole and of the same request; nil
  /// when the journal does not know its name.
  public mutating func take(_ key: SongKey) -> (file: File, isDone: Bool)? {
    if let missing = take(key.id, { $0.request == key.request && !$0.isWhole }) {
      return (missing, false)
    }
    if let done = take(key.id, { $0.request == key.request }) { return (done, true) }
    return take(key.id) { _ in true }.map { ($0, false) }
  }

  private mutating func take(_ id: String, _ isMeant: (File) -> Bool) -> File? {
    guard var files = songs[id], let index = files.firstIndex(where: isMeant) else { return nil }
    let file = files.remove(at: index)
    songs[id] = files.isEmpty ? nil : files
    return file
  }

  /// Takes note of a line.
  mutating func add(_ line: [UInt8]) {
    guard line.count <= Self.lineLimit, let value = try? JSONValue(parsing: line),
      value["status"]?.string == "done", let id = value["id"]?.string,
      let request = value["request"]?.string, let path = value["file"]?.string,
      let bytes = value["bytes"]?.integer, bytes >= 0
    else { return }
    var candidate: Candidate?
    if let index = value["candidate"]?["index"]?.integer,
      let count = value["candidate"]?["of"]?.integer, index >= 1, index <= count
    {
      candidate = Candidate(index: index, count: count)
    }
    let file = File(path: path, request: request, bytes: Int(bytes), candidate: candidate)
    // The last line of a file is true.
    songs[id, default: []].removeAll { $0.path == path }
    songs[id, default: []].append(file)
    if candidate != nil, let song = value["candidate"]?["song"]?.string {
      candidates[song, default: []].removeAll { $0.path == path }
      candidates[song, default: []].append(file)
    }
  }
}
