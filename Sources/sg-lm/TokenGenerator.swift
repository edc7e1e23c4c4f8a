import Diagnostics
import LeLM
import Lyrics
import Neural
import SongStream
import TextTokens
import ToolSupport
import Weights

/// One model, and the songs that it makes.
struct TokenGenerator {
  private let directory: ModelDirectory
  private let model: LanguageModel
  private let text: RequestText
  private let options: SamplingOptions
  private let frames: Int
  private let uniforms: [Double]?
  private let prompt: PromptTracks?
  private let pool: ThreadPool

  init(
    directory: ModelDirectory, flags: SamplingFlags, version: RequestVersion?, duration: Double?,
    uniforms: String?, prompt: PromptTracks?, pool: ThreadPool
  ) throws {
    self.directory = directory
    self.pool = pool
    self.prompt = prompt
    let tensors = try directory.tensors(.lm)
    let config = try LeLMConfig(directory.config)
    model = try LanguageModel(tensors, config: config)
    text = try RequestText(
      directory,
      conditions: TextConditions(
        directory, config: config, styleRows: model.styleRows, version: version))
    options = flags.options(directory, config: config)
    frames = duration.map { Int($0 * Double(config.frameRate)) } ?? config.maxFrames
    guard (1...config.maxFrames).contains(frames) else {
      throw ToolFailure(
        .usage,
        "'--duration': model '\(printable(directory.name))' makes songs of at most "
          + "\(config.maxDuration) seconds")
    }
    let columns = frames + (config.delays.max() ?? 0)
    self.uniforms = try uniforms.map { path in
      let numbers = try TensorFile(path: path).doubles("uniforms")
      guard numbers.count >= columns, numbers.allSatisfy({ (0..<1).contains($0) }) else {
        throw ToolFailure(
          .data,
          "'\(printable(path))': tensor 'uniforms' must have \(columns) numbers from 0 to less "
            + "than 1, one for each column")
      }
      return numbers
    }
  }

  /// Reads one request to its end and writes its tokens.
  func generate(
    _ header: SongHeader, _ song: SongFilter.Song, seed: (seed: UInt64, isDrawn: Bool),
    writer: SongWriter, progress: Progress, console: Console
  ) throws {
    var own = PromptTracks(header)
    while let block = try song.next() { try own.take(block, of: header) }
    guard header.kind == .request else {
      throw ToolFailure(
        .data, "a \(header.kind.rawValue) song where a request belongs (sg-lyrics makes them)")
    }
    let prompt = prompt ?? own
    let tokens = try prompt.tokens()
    let conditions = try text.ids(header, prompt: tokens, console: console)
    if tokens == nil, text.wantsReference(header) {
      console.warning(
        "the request asks for a reference recording, but the stream has no prompt tokens; the song "
          + "is made without (give them with --prompt)", song: header.id)
    }
    let config = model.config
    if let bad = tokens?.rows.joined().first(where: { $0 >= config.codeSize }) {
      throw ToolFailure(
        .data,
        "prompt token \(bad) is beyond the \(config.codeSize) codes of this model; "
          + "encode the reference with the model that sings")
    }

    let output = try self.header(header, seed: seed.seed, prompt: prompt)
    try writer.begin(output)
    if seed.isDrawn { console.note("seed \(seed.seed)", song: header.id) }
    try prompt.write(to: writer, first: 3, skew: output.maxSkew ?? 1)
    let generator = SongGenerator(
      model: model, conditions: conditions, frames: frames, options: options,
      banned: Set(tokens?.rows[0] ?? []), uniforms: uniforms.map { .given($0) } ?? .seed(seed.seed),
      pool: pool)
    var buffer = FrameBuffer(writer)
    let rate = Double(config.frameRate)
    var done = 0
    let ending = try generator.run { event in
      try buffer.add(event)
      if case .dual = event {
        done += 1
        progress.update(
          song: header.id, stage: "tokens", done: Double(done) / rate,
          total: Double(frames) / rate)
      }
    }
    try buffer.flush()
    try writer.end(stop: ending.endTokenSeen ? .eos : .max)
  }

  /// The header of the token song: what came in, and what this tool did.
  private func header(
    _ request: SongHeader, seed: UInt64, prompt: PromptTracks
  ) throws -> SongHeader {
    let config = model.config
    let rate = FrameRate(config.frameRate, 1)
    var header = request
    header.kind = .tokens
    header.seed = seed
    header.maxSkew =
      (config.delays.max() ?? 0) - (config.delays.min() ?? 0) + FrameBuffer.framesPerRecord + 1
    header.tracks =
      ["mixed", "vocal", "accompaniment"].map {
        Track(name: $0, type: .u16, shape: [1], rate: rate, vocab: config.codeSize)
      } + prompt.tracks
    header.models.append(
      ModelReference(role: "lm", name: directory.name, sha256: try directory.identity()))
    if directory.manifest?.toy == true { header.extra["toy"] = .bool(true) }
    header.history.append(
      HistoryEntry(
        tool: LM.toolName, version: Version.string,
        options: [
          "temp": .number(options.temperature), "top_k": .integer(Int64(options.topK)),
          "top_p": .number(options.topP), "cfg": .number(options.guidance),
          "penalty": .bool(options.penalty), "greedy": .bool(options.greedy),
          "duration": .number(Double(frames) / Double(config.frameRate)),
        ]))
    return header
  }
}

/// Gathers frames into records of a fixed number of frames, so that the bytes do not depend on time.
private struct FrameBuffer {
  static let framesPerRecord = 5

  private let writer: SongWriter
  private var tokens: [[UInt16]] = [[], [], []]

  init(_ writer: SongWriter) {
    self.writer = writer
  }

  mutating func add(_ event: SongGenerator.Event) throws {
    switch event {
    case .mixed(let token): try add(token, 0)
    case .dual(let vocal, let accompaniment):
      try add(vocal, 1)
      try add(accompaniment, 2)
    }
  }

  mutating func flush() throws {
    for track in tokens.indices where !tokens[track].isEmpty {
      try writer.write(track: track, tokens: tokens[track])
      tokens[track] = []
    }
  }

  private mutating func add(_ token: Int32, _ track: Int) throws {
    tokens[track].append(UInt16(truncatingIfNeeded: token))
    if tokens[track].count == Self.framesPerRecord {
      try writer.write(track: track, tokens: tokens[track])
      tokens[track] = []
    }
  }
}
