import Diagnostics
import LeLM
import Lyrics
import Neural
import SongStream
import TextTokens
import TokenEditing
import ToolSupport
import Weights

/// One model, and the songs that it makes.
struct TokenGenerator {
  private let directory: ModelDirectory
  private let model: LanguageModel
  private let text: RequestText
  private let flags: SamplingFlags
  private let duration: Double?
  private let uniforms: [Double]?
  private let prompt: PromptTracks?
  private let candidates: Int
  private let precision: Precision?
  private let resources: ResourceOptions
  /// The null prefixes of earlier songs.
  private let store = PrefixStore()
  private let pool: ThreadPool

  init(
    directory: ModelDirectory, flags: SamplingFlags, version: RequestVersion?, duration: Double?,
    uniforms: String?, prompt: PromptTracks?, precision: Precision?, resources: ResourceOptions,
    candidates: Int,
    pool: ThreadPool
  ) throws {
    self.precision = precision
    self.resources = resources
    self.directory = directory
    self.pool = pool
    self.candidates = candidates
    self.prompt = prompt
    self.flags = flags
    self.duration = duration
    let tensors = try directory.tensors(.lm)
    let config = try LeLMConfig(directory.config)
    model = try LanguageModel(tensors, config: config)
    model.populate()
    text = try RequestText(
      directory,
      conditions: TextConditions(
        directory, config: config, styleRows: model.styleRows, version: version))
    let frames = try Self.frames(duration, config: config, model: directory.name)
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

  /// What a song would take that has the longest length it may get.
  func estimate() throws -> ResourceEstimate {
    let arithmetic = precision?.arithmetic
    let cost = try SongCost(model, frames: frames(nil), arithmetic: arithmetic)
    return ResourceEstimate(
      seconds: cost.seconds(model, arithmetic: arithmetic, pool: pool), bytes: cost.bytes)
  }

  /// Whether what a song leaves may be kept for later ones.
  ///
  /// - Throws: ``ToolFailure`` if the song does not fit in the memory that it may take.
  private func keepsPrefix(frames: Int, precision: Precision) throws -> Bool {
    guard let allowed = resources.maxMem else { return true }
    let cost = SongCost(model, frames: frames, arithmetic: precision.arithmetic)
    if cost.bytes <= allowed.bytes { return true }
    try resources.admit(bytes: cost.bytes - cost.keptBytes)
    return false
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
    try write(
      header, prompt: prompt ?? own, begun: nil, seed: seed, writer: writer, progress: progress,
      console: console)
  }

  /// Whether nothing is to be added to a song.
  func isComplete(_ song: TokenSong) throws -> Bool {
    switch song.stop {
    case .eos: true
    case .max: try frames(RecordedOptions(song.header)) <= song.frames
    case .end, nil: false
    }
  }

  /// Writes the tokens of a song that was begun, and those that follow them.
  func goOn(
    _ song: TokenSong, seed: (seed: UInt64, isDrawn: Bool), writer: SongWriter,
    progress: Progress, console: Console
  ) throws {
    let own = song.header.models.last { $0.role == "lm" }
    if let own, own.sha256 != (try directory.identity()) {
      console.warning(
        "was begun by model '\(own.name)', and goes on with '\(printable(directory.name))'",
        song: song.header.id)
    }
    try write(
      song.header, prompt: prompt ?? song.prompt, begun: song, seed: seed, writer: writer,
      progress: progress, console: console)
  }

  private func write(
    _ header: SongHeader, prompt: PromptTracks, begun: TokenSong?,
    seed: (seed: UInt64, isDrawn: Bool), writer: SongWriter, progress: Progress, console: Console
  ) throws {
    let config = model.config
    let recorded = begun.flatMap { RecordedOptions($0.header) }
    let frames = try frames(recorded)
    let precision = precision ?? recorded?.precision ?? Precision(own: model)
    let keeps = try keepsPrefix(frames: frames, precision: precision)
    let given = try begun.map { try known($0, frames: frames) } ?? [[], [], []]
    let tokens = try prompt.tokens()
    let conditions = try text.ids(header, prompt: tokens, console: console)
    if tokens == nil, text.wantsReference(header) {
      console.warning(
        "the request asks for a reference recording, but the stream has no prompt tokens; the song "
          + "is made without (give them with sg-encode --attach, or with --prompt)",
        song: header.id)
    }
    if let bad = tokens?.rows.joined().first(where: { $0 >= config.codeSize }) {
      throw ToolFailure(
        .data,
        "prompt token \(bad) is beyond the \(config.codeSize) codes of this model; "
          + "encode the reference with the model that sings")
    }

    let options = flags.options(directory, config: config, begun: recorded)
    let generator = SongGenerator(
      model: model, conditions: conditions, frames: frames, options: options,
      banned: Set(tokens?.rows[0] ?? []), uniforms: uniforms.map { .given($0) } ?? .seed(seed.seed),
      given: given, arithmetic: precision.arithmetic, store: keeps ? store : nil, pool: pool)
    for candidate in Candidate.all(of: header, count: candidates, seed: seed.seed) {
      let output = try self.header(
        candidate.header, seed: candidate.seed, prompt: prompt, options: options,
        precision: precision, frames: frames, known: begun?.frames)
      if candidate.index > 1 { generator.restart(.seed(candidate.seed)) }
      try writer.begin(output)
      if let begun { note(begun, console) }
      if seed.isDrawn { console.note("seed \(candidate.seed)", song: output.id) }
      try prompt.write(to: writer, first: 3, skew: output.maxSkew ?? 1)
      let ending = try run(
        generator, song: output.id, frames: frames, writer: writer, progress: progress)
      try writer.end(stop: ending.endTokenSeen ? .eos : .max)
    }
  }

  private func note(_ begun: TokenSong, _ console: Console) {
    console.note(
      "\(begun.stop == nil ? "breaks off and " : "")goes on after \(begun.frames) frames "
        + "(\(minutes(begun.rate.seconds(UInt64(begun.frames)))))", song: begun.header.id)
  }

  /// Writes what `generator` makes.
  private func run(
    _ generator: SongGenerator, song: String, frames: Int, writer: SongWriter, progress: Progress
  ) throws -> SongGenerator.Ending {
    var buffer = FrameBuffer(writer)
    let rate = Double(model.config.frameRate)
    var done = 0
    let ending = try generator.run { event in
      try buffer.add(event)
      if case .dual = event {
        done += 1
        progress.update(
          song: song, stage: "tokens", done: Double(done) / rate, total: Double(frames) / rate)
      }
    }
    try buffer.flush()
    return ending
  }

  /// The rows that a song was begun with.
  private func known(_ song: TokenSong, frames: Int) throws -> [[Int32]] {
    guard song.frames <= frames else {
      throw ToolFailure(
        .usage,
        "it has \(song.frames) frames, and is to have \(frames); give a longer --duration")
    }
    return try TokenSong.names.map { name in
      guard let row = song.row(name) else {
        throw ToolFailure(.data, "the song lacks the row '\(name)', which goes on with the others")
      }
      guard row.allSatisfy({ $0 < model.config.codeSize }) else {
        throw ToolFailure(
          .data, "it has tokens beyond the \(model.config.codeSize) codes of this model")
      }
      return row.map(Int32.init)
    }
  }

  /// The longest that a song may get, in frames.
  private func frames(_ recorded: RecordedOptions?) throws -> Int {
    try Self.frames(duration ?? recorded?.duration, config: model.config, model: directory.name)
  }

  private static func frames(
    _ duration: Double?, config: LeLMConfig, model: String
  ) throws -> Int {
    let frames = duration.map { Int($0 * Double(config.frameRate)) } ?? config.maxFrames
    guard (1...config.maxFrames).contains(frames) else {
      throw ToolFailure(
        .usage,
        "'--duration': model '\(printable(model))' makes songs of at most "
          + "\(config.maxDuration) seconds")
    }
    return frames
  }

  /// The header of the token song: what came in, and what this tool did.
  ///
  /// - Parameter known: the frames that the song was begun with. A song that goes on as it was begun
  ///   keeps the header that it has.
  private func header(
    _ request: SongHeader, seed: UInt64, prompt: PromptTracks, options: SamplingOptions,
    precision: Precision, frames: Int, known: Int?
  ) throws -> SongHeader {
    let config = model.config
    let rate = FrameRate(config.frameRate, 1)
    var header = request
    header.kind = .tokens
    header.seed = seed
    header.maxSkew =
      (config.delays.max() ?? 0) - (config.delays.min() ?? 0) + FrameBuffer.framesPerRecord + 1
    header.tracks =
      TokenSong.names.map {
        Track(name: $0, type: .u16, shape: [1], rate: rate, vocab: config.codeSize)
      } + prompt.tracks
    let own = ModelReference(
      role: "lm", name: directory.name, sha256: try directory.identity())
    if !header.models.contains(own) { header.models.append(own) }
    if directory.manifest?.toy == true { header.extra["toy"] = .bool(true) }
    var entry = HistoryEntry(
      tool: LM.toolName, version: Version.string,
      options: [
        "temp": .number(options.temperature), "top_k": .integer(Int64(options.topK)),
        "top_p": .number(options.topP), "cfg": .number(options.guidance),
        "penalty": .bool(options.penalty),
        "penalty_window": .integer(Int64(options.penaltyWindow)),
        "greedy": .bool(options.greedy), "precision": .string(precision.rawValue),
        "duration": .number(Double(frames) / Double(config.frameRate)),
      ])
    if let known {
      if header.history.last == entry, request.seed == seed { return header }
      entry.options["continued"] = .integer(Int64(known))
    }
    header.history.append(entry)
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
