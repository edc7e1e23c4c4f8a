import Diagnostics
import Glibc
public import SongStream
import TokenEditing

/// A directory with a folder for each style, in which encoded references lie: `pop/name.sgs` for
/// lyrics of any language, `pop/en/name.sgs` for English, `pop/zh/name.sgs` for Chinese ones.
///
/// `Auto` has the folder `auto`; where there is none, it is all styles together.
public struct PromptDirectory: PromptLibrary {
  private let path: String
  private let limits: StreamLimits
  /// The most files that are looked at in a folder.
  private static let longest = 100_000

  public init(_ path: String, limits: StreamLimits = StreamLimits()) {
    self.path = path
    self.limits = limits
  }

  /// Where a reference of this style lies.
  ///
  /// - Parameter name: of the file, without extension; safe as a file name.
  public func file(style: PromptStyle, language: String?, name: String) -> String {
    let parts = [path, style.folder, language, name + ".sgs"]
    return parts.compactMap { $0 }.joined(separator: "/")
  }

  public func prompt(
    style: PromptStyle, language: String?, seed: UInt64
  ) throws -> LibraryPrompt {
    var files = try self.files(in: style.folder, language)
    if files.isEmpty, style == .any {
      files = try Self.names(path, isRequired: true).filter { !$0.hasSuffix(".sgs") }
        .flatMap { try self.files(in: $0, language) }
    }
    guard !files.isEmpty else {
      let wanted = "'\(style.folder)'" + (language.map { " or '\(style.folder)/\($0)'" } ?? "")
      throw PromptLibraryFailure(
        .data,
        "library '\(printable(path))' has no prompt of style '\(printable(style.name))': no .sgs "
          + "file in \(wanted)")
    }
    return try read(files[SeededChoice.index(of: files.count, seed: seed)])
  }

  /// The references of a style, as paths within the library, in the order of their bytes.
  private func files(in folder: String, _ language: String?) throws -> [String] {
    try [folder, language.map { folder + "/" + $0 }].compactMap { $0 }.flatMap { folder in
      try Self.names(path + "/" + folder, isRequired: false).filter { $0.hasSuffix(".sgs") }
        .map { folder + "/" + $0 }
    }
  }

  /// Names in a folder that do not begin with a dot; none if there need not be one and is none.
  private static func names(_ folder: String, isRequired: Bool) throws -> [String] {
    guard let directory = opendir(folder) else {
      guard isRequired || (errno != ENOENT && errno != ENOTDIR) else { return [] }
      throw PromptLibraryFailure(
        .noInput, "cannot open directory '\(printable(folder))': \(systemMessage(errno))")
    }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasPrefix(".") { continue }
      guard names.count < longest else {
        throw PromptLibraryFailure(
          .data, "'\(printable(folder))' has more than \(longest) files")
      }
      names.append(name)
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private func read(_ name: String) throws -> LibraryPrompt {
    let file = path + "/" + name
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw PromptLibraryFailure(
        .noInput, "cannot open '\(printable(file))': \(systemMessage(errno))")
    }
    defer { close(descriptor) }
    let reader = SongReader(FileDescriptorSource(descriptor), name: file, limits: limits)
    var header: SongHeader?
    var tracks = PromptTracks()
    while let event = try reader.next() {
      switch event {
      case .song(let next):
        guard header == nil else {
          throw PromptLibraryFailure(
            .data, "'\(printable(file))' has more than one song; a library has one in a file")
        }
        header = next
        tracks = PromptTracks(next)
      case .frames(let block):
        if let header { try tracks.take(block, of: header) }
      case .failed(let abort):
        throw PromptLibraryFailure(
          .data, "'\(printable(file))' holds a song that failed: \(printable(abort.message))")
      case .end, .closed: break
      }
    }
    guard let header, try tracks.rows() != nil else {
      throw PromptLibraryFailure(
        .data, "'\(printable(file))' has no prompt tokens; make it with sg-encode --library")
    }
    return LibraryPrompt(name: name, tracks: tracks, models: header.models)
  }
}
