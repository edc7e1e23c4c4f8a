import AudioIO
import Diagnostics
import Glibc
import ToolSupport

/// Where songs go, as `-o` says.
enum Destination {
  /// AU on standard output: one song.
  case stream(OutputFile)
  /// One song; no file when it is there already and shall stay.
  case file(String, AudioFileFormat, OutputFile?)
  /// A file for each song; the path ends with a slash.
  case directory(String, AudioFileFormat)

  /// The format of the files, nil for the stream.
  var format: AudioFileFormat? {
    switch self {
    case .stream: nil
    case .file(_, let format, _), .directory(_, let format): format
    }
  }

  /// Checks the flags against each other; makes the directory, or begins the file, so that what is
  /// wrong with it shows before the work is done.
  ///
  /// - Throws: usage failures, and 73 for what cannot be made.
  init(_ flags: FileFlags, rate: Int?, force: Bool) throws {
    guard let path = flags.output, path != "-" else {
      let wrong = [
        flags.keepStems ? "--keep-stems" : nil,
        flags.stemSuffix.isEmpty ? nil : "--stem-suffix",
        flags.skipExisting ? "--skip-existing" : nil,
        flags.format == nil ? nil : "--format", flags.bits == nil ? nil : "--bits",
        flags.json ? "--json" : nil, flags.journal == nil ? nil : "--journal",
      ]
      if let flag = wrong.compactMap({ $0 }).first {
        throw ToolFailure(.usage, "'\(flag)' needs -o FILE or -o DIR/; standard output gets AU")
      }
      self = .stream(try OutputFile(nil, force: force))
      return
    }
    let isDirectory = path.hasSuffix("/") || Self.isDirectory(path)
    let format =
      if let kind = flags.format {
        try AudioFileFormat(kind, bits: flags.bits)
      } else if isDirectory {
        try AudioFileFormat(.flac, bits: flags.bits)
      } else {
        try AudioFileFormat(path: path, bits: flags.bits)
      }
    if let rate { try format.check(sampleRate: rate) }
    guard isDirectory else {
      if flags.journal != nil { throw ToolFailure(.usage, "'--journal' needs -o DIR/") }
      let skipped = flags.skipExisting && access(path, F_OK) == 0
      self = .file(path, format, skipped ? nil : try OutputFile(path))
      return
    }
    try Self.make(path)
    self = .directory(path.hasSuffix("/") ? path : path + "/", format)
  }

  private static func isDirectory(_ path: String) -> Bool {
    var information = stat()
    return stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
  }

  /// Makes the directory and those above it, where they are missing.
  private static func make(_ path: String) throws(ToolFailure) {
    var prefix = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      prefix += part + "/"
      if mkdir(prefix, 0o777) != 0 && errno != EEXIST && !isDirectory(prefix) {
        throw ToolFailure(
          .cannotCreate,
          "cannot make directory '\(printable(path))': \(systemMessage(errno))")
      }
    }
    guard isDirectory(path) else {
      throw ToolFailure(.cannotCreate, "'\(printable(path))' is not a directory")
    }
    guard access(path, W_OK | X_OK) == 0 else {
      throw ToolFailure(
        .cannotCreate, "cannot write in '\(printable(path))': \(systemMessage(errno))")
    }
  }
}
