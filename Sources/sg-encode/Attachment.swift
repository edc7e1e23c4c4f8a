import AudioIO
import Diagnostics
import Glibc
import Lyrics
import PromptLibrary
import ReferenceAudio
import SongStream
import TextTokens
import TokenEditing
import ToolSupport
import Weights

/// `--attach`: gives each song of a request stream the prompt that its request asks for.
final class Attachment {
  private let session: EncodeSession
  private let root: AudioRoot?
  private let library: (any PromptLibrary)?
  /// What was encoded in this run, by path.
  private var known: [String: EncodeSession.Prompt] = [:]
  /// The most recordings that are kept, of some 70 kB each.
  private static let most = 1000

  init(
    _ session: EncodeSession, root: String?, library: String?, limits: StreamLimits
  ) throws {
    self.session = session
    self.root = try root.map { try AudioRoot($0) }
    self.library = try Self.open(library, session, limits)
  }

  /// The library that the user names, else that of the model.
  private static func open(
    _ path: String?, _ session: EncodeSession, _ limits: StreamLimits
  ) throws -> (any PromptLibrary)? {
    guard let path else {
      guard try session.directory.path(.autoPrompts) != nil else { return nil }
      return try PromptTable(session.directory.file(.autoPrompts), vocab: session.vocab())
    }
    var information = stat()
    if stat(path, &information) == 0, information.st_mode & S_IFMT == S_IFDIR {
      return PromptDirectory(path, limits: limits)
    }
    return try PromptTable(MappedFile(path: path, name: path), vocab: session.vocab())
  }

  func run(_ filter: SongFilter) throws {
    try filter.run(session.console) { header, song in
      defer { session.progress.finish() }
      var own = PromptTracks(header)
      while let block = try song.next() { try own.take(block, of: header) }
      guard header.kind == .request, let json = header.request else {
        throw ToolFailure(
          .data, "a \(header.kind.rawValue) song where a request belongs (sg-lyrics makes them)")
      }
      var header = header
      let tracks = try attach(try Request(json: json), &header) ?? own
      header.maxSkew = max(header.maxSkew ?? 0, RecordingBatch.step)
      try filter.writer.begin(header)
      try tracks.write(
        to: filter.writer, first: header.tracks.count - tracks.tracks.count,
        skew: RecordingBatch.step)
      try filter.writer.end(stop: song.stop ?? .end)
    }
  }

  /// The prompt that a request asks for, and its provenance in `header`; nil if it asks for none.
  private func attach(_ request: Request, _ header: inout SongHeader) throws -> PromptTracks? {
    if let path = request.promptAudioPath {
      let prompt = try prompt(path, id: header.id)
      prompt.note(in: &header)
      return prompt.tracks
    }
    guard let type = request.autoPromptType else {
      header.tracks = header.tracks.filter { !$0.isPrompt } + header.tracks.filter(\.isPrompt)
      return nil
    }
    guard let library else {
      throw ToolFailure(
        .data,
        "it asks for a prompt of style '\(printable(type))'; --library says where prompts are")
    }
    let seed = session.flags.seed ?? header.seed ?? UInt64.random(in: 0..<1_000_000_000)
    if header.seed == nil {
      if session.flags.seed == nil { session.console.note("seed \(seed)", song: header.id) }
      header.seed = seed
    }
    let language = AutoPromptLanguage(lyrics: request.lyrics)?.rawValue
    let found = try library.prompt(style: PromptStyle(type), language: language, seed: seed)
    header.tracks = header.tracks.filter { !$0.isPrompt } + found.tracks.tracks
    for model in found.models where !header.models.contains(model) { header.models.append(model) }
    header.history.append(
      HistoryEntry(
        tool: session.console.tool, version: Version.string,
        options: ["library": .string(printable(found.name)), "seed": JSONValue(seed)]))
    session.console.detail("has the prompt '\(printable(found.name))'", song: header.id)
    return found.tracks
  }

  /// What is said of a recording that may not be opened.
  static func noRoot(_ path: String) -> ToolFailure {
    ToolFailure(
      .data,
      "it asks for the recording '\(printable(path))'; --audio-root says beneath which directory "
        + "recordings may be opened")
  }

  /// The prompt of a recording, encoded once in a run.
  private func prompt(_ path: String, id: String) throws -> EncodeSession.Prompt {
    if let prompt = known[path] { return prompt }
    guard let root else { throw Self.noRoot(path) }
    let prompt = try session.encode(.init(song: root.open(path)), id: id)
    if known.count >= Self.most { known.removeAll() }
    known[path] = prompt
    return prompt
  }
}
