import AudioIO
import Diagnostics
import Glibc
import PromptLibrary
import ReferenceAudio
import SongStream
import TokenEditing
import ToolSupport
import Weights

/// The recordings of the command line, one song each.
struct RecordingBatch {
  private let session: EncodeSession
  private let paths: [String?]
  private let force: Bool
  private let limits: StreamLimits

  /// - Parameter files: none is standard input, unless stems are given.
  init(_ session: EncodeSession, files: [String], force: Bool, limits: StreamLimits) {
    self.session = session
    self.force = force
    self.limits = limits
    paths = files.isEmpty ? [nil] : files.map { $0 == "-" ? nil : $0 }
  }

  /// A recording of the batch.
  private struct Item {
    var id: String
    var files: StemLoader.Files
  }

  /// Encodes all recordings to one stream.
  func encode(to path: String?, asSong: Bool) throws {
    try write(to: path) { item, writer in
      var header = SongHeader(
        kind: .request, id: item.id, maxSkew: Self.step)
      let prompt = try session.encode(item.files, id: item.id)
      prompt.note(in: &header)
      if asSong {
        try TokenSong(prompt: prompt.tracks, of: header).write(to: writer)
      } else {
        try writer.begin(header)
        try prompt.tracks.write(to: writer, first: 0, skew: Self.step)
        try writer.end(stop: .end)
      }
    }
  }

  /// Takes all recordings apart to one stream of stems.
  func separate(to path: String?) throws {
    guard let separator = try session.separator() else {
      throw ToolFailure(
        .unavailable,
        "model '\(printable(session.directory.name))' has no separation network; name one that has "
          + "with --model")
    }
    let separation = StemSeparation(separator, session)
    try write(to: path) { item, writer in
      guard let song = item.files.song else { return }
      try separation.write(song, id: item.id, to: writer)
    }
  }

  /// Encodes all recordings into a library.
  func collect(_ library: PromptDirectory, style: PromptStyle, language: String?) throws {
    var names = FileNames()
    var failures = BatchFailures()
    for path in paths {
      let id = Self.id(path)
      do {
        let item = try open(path)
        let file = library.file(style: style, language: language, name: names.name(for: id))
        let prompt = try session.encode(item.files, id: id)
        try Self.makeFolder(of: file)
        let output = try OutputFile(file, force: force)
        let writer = output.songs(limits: limits)
        var header = SongHeader(kind: .request, id: id, maxSkew: Self.step)
        prompt.note(in: &header)
        try writer.begin(header)
        try prompt.tracks.write(to: writer, first: 0, skew: Self.step)
        try writer.end(stop: .end)
        try writer.close()
        try output.commit()
        session.progress.finish()
        session.console.note("is kept as '\(printable(file))'", song: id)
      } catch let failure as any SongFailure {
        session.progress.finish()
        failures.record(failure, song: id, on: session.console)
      }
    }
    try failures.conclude()
  }

  /// Frames by which one prompt track runs ahead of another.
  static let step = 256

  /// Writes a song for each recording; one that fails is a failed song, unless it is the only one.
  private func write(
    to path: String?, _ body: (Item, SongWriter) throws -> Void
  ) throws {
    let output = try OutputFile(path, force: force)
    let writer = output.songs(limits: limits)
    var failures = BatchFailures()
    for path in paths {
      let id = Self.id(path)
      do {
        try body(open(path), writer)
        session.progress.finish()
      } catch let failure as StreamFailure {
        throw failure
      } catch let failure as any SongFailure {
        session.progress.finish()
        if paths.count == 1 { throw failure }
        failures.record(failure, song: id, on: session.console)
        if writer.header == nil { try writer.begin(SongHeader(kind: .request, id: id)) }
        try writer.fail(
          SongAbort(
            tool: session.console.tool, code: Int(failure.status.rawValue),
            message: failure.description))
      }
    }
    try writer.close()
    try output.commit()
    try failures.conclude()
  }

  private func open(_ path: String?) throws -> Item {
    var files = StemLoader.Files()
    files.vocal = try session.flags.vocal.map(AudioReader.init(path:))
    files.accompaniment = try session.flags.accompaniment.map(AudioReader.init(path:))
    if let path {
      files.song = try AudioReader(path: path)
    } else if files.vocal == nil, files.accompaniment == nil {
      let input = try InputFile(nil, force: force)
      files.song = try AudioReader(descriptor: input.descriptor, name: input.name)
    }
    return Item(
      id: Self.id(path ?? session.flags.vocal ?? session.flags.accompaniment), files: files)
  }

  /// A song's id after a file: its name without directory and extension.
  static func id(_ path: String?) -> String {
    guard let name = path?.split(separator: "/").last else { return "reference" }
    let stem = name.lastIndex(of: ".").map { $0 > name.startIndex ? name[..<$0] : name } ?? name
    let text = printable(String(stem), limit: 100)
    return text.isEmpty || text.utf8.count > StreamLimits().id ? "reference" : text
  }

  /// Makes the folder of a file and those above it. Calls `mkdir(2)`.
  private static func makeFolder(of file: String) throws {
    let parts = file.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    for count in parts.indices {
      let folder = parts[...count].joined(separator: "/")
      if folder.isEmpty || mkdir(folder, 0o777) == 0 || errno == EEXIST { continue }
      throw ToolFailure(
        .cannotCreate, "cannot create '\(printable(folder))': \(systemMessage(errno))")
    }
  }
}
