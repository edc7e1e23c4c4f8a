import Diagnostics
import Glibc
import ToolSupport

/// The songs in a folder: audio files by name, without the stems of others. Of stems without a song
/// the vocal stands for both.
enum AudioFolder {
  /// Endings of audio files, in the order in which a stem is looked for.
  static let extensions = ["wav", "flac", "ogg", "opus", "mp3", "aif", "aiff", "au", "w64", "caf"]
  /// Most files of a folder.
  private static let most = 100_000

  /// What `path` stands for: itself, or the songs in it if it is a folder.
  ///
  /// - Throws: ``ToolFailure`` with status 66. Calls `opendir(3)` and `readdir(3)`.
  static func files(_ path: String) throws(ToolFailure) -> [String] {
    var information = stat()
    guard stat(path, &information) == 0, information.st_mode & S_IFMT == S_IFDIR else {
      return [path]
    }
    guard let folder = opendir(path) else {
      throw ToolFailure(
        .noInput, "cannot read '\(printable(path))': \(systemMessage(errno))")
    }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      let kind = name.lowercased().split(separator: ".").last.map(String.init) ?? ""
      guard !name.hasPrefix("."), extensions.contains(kind) else { continue }
      guard names.count < most else {
        throw ToolFailure(.data, "'\(printable(path))' holds more than \(most) songs")
      }
      names.append(name)
    }
    let bases = Set(names.map(FileSong.base))
    let songs = names.filter { name in
      let base = FileSong.base(name)
      return !["vocal", "accompaniment", "mixed"].contains { stem in
        guard base.hasSuffix("." + stem) else { return false }
        let song = String(base.dropLast(stem.count + 1))
        return bases.contains(song) || stem != "vocal" && bases.contains(song + ".vocal")
      }
    }
    guard !songs.isEmpty else {
      throw ToolFailure(.noInput, "no song in '\(printable(path))'")
    }
    return songs.sorted().map { path.hasSuffix("/") ? path + $0 : path + "/" + $0 }
  }

  /// Whether a file begins like a song stream, or cannot be read twice and ends in `.sgs`.
  static func isStream(_ file: InputFile) -> Bool {
    var first = [UInt8](repeating: 0, count: 4)
    let count = pread(file.descriptor, &first, 4, 0)
    guard count >= 0 else { return true }
    return count == 4 ? first == [0x89, 0x53, 0x47, 0x0A] : file.name.hasSuffix(".sgs")
  }
}
