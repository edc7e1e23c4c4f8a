import Diagnostics
import MusicCodec
import Neural
import ReferenceAudio
import Separation
import SongStream
import TokenEditing
import ToolSupport
import Weights

/// One model, opened when it is needed, and the recordings that it encodes.
final class EncodeSession {
  let directory: ModelDirectory
  let flags: EncodeFlags
  let pool: ThreadPool
  let progress: Progress
  let console: Console
  private let plan: EncodePlan
  private var encoder: ReferenceEncoder?
  private var loader: StemLoader?

  init(
    _ directory: ModelDirectory, flags: EncodeFlags, plan: EncodePlan, pool: ThreadPool,
    progress: Progress, console: Console
  ) {
    self.plan = plan
    self.directory = directory
    self.flags = flags
    self.pool = pool
    self.progress = progress
    self.console = console
  }

  /// A prompt, and what a header says of its making.
  struct Prompt {
    var tracks: PromptTracks
    var model: ModelReference
    var entry: HistoryEntry
    var isToy: Bool

    /// Writes the provenance into `header`, and the tracks in place of its own prompt's.
    func note(in header: inout SongHeader) {
      header.tracks = header.tracks.filter { !$0.isPrompt } + tracks.tracks
      if !header.models.contains(model) { header.models.append(model) }
      header.history.append(entry)
      if isToy { header.extra["toy"] = .bool(true) }
    }
  }

  /// The separation network, nil if the model has none.
  func separator() throws -> HTDemucs? {
    if plan.mode == .stems { try plan.admit() }
    return try directory.path(.separator) == nil ? nil : HTDemucs(directory)
  }

  /// The tokens that a model reads are below this.
  func vocab() throws -> Int {
    let size = try directory.config.int("lm.code_size")
    guard (1...65533).contains(size) else {
      throw ToolFailure(.configuration, "lm.code_size of the model is \(size)")
    }
    return size
  }

  /// Encodes a reference; `id` names it in messages.
  func encode(_ files: StemLoader.Files, id: String) throws -> Prompt {
    let encoder = try openEncoder()
    let excerpt = flags.excerpt(usual: 10)
    let rate = encoder.codesPerSecond
    let stems = try openLoader(encoder).load(files, excerpt: excerpt) { share in
      progress.update(song: id, stage: "separate", done: share * 10, total: 10)
    }
    if try plan.isStaged { closeLoader() }
    let seconds = Double(stems.frames) / Double(StemLoader.rate)
    warn(stems, seconds: seconds, id: id)
    let seed = flags.seed ?? 0
    let encoded = try encoder.encode(stems, seed: seed) { [progress] share in
      progress.update(song: id, stage: "encode", done: share * seconds, total: seconds)
    }
    if encoded.isSilent {
      console.warning("is silent: its tokens say nothing; choose a part with --start", song: id)
    }
    let reference = ModelReference(
      role: "encoder", name: directory.name, sha256: try directory.identity())
    var options: [String: JSONValue] = [
      "start": .number(stems.start), "seconds": .number(seconds),
      "stems": .string(stems.origin.rawValue),
    ]
    if stems.origin == .separated {
      options["shift"] = .integer(Int64(flags.separationShift.frames ?? 0))
    }
    if !encoded.latents.isEmpty { options["seed"] = JSONValue(seed) }
    if flags.referenceQuirks { options["quirks"] = true }
    return Prompt(
      tracks: try tracks(encoded, rate: FrameRate(rate.numerator, rate.denominator)),
      model: reference,
      entry: HistoryEntry(tool: console.tool, version: Version.string, options: options),
      isToy: directory.manifest?.toy == true)
  }

  private func openEncoder() throws -> ReferenceEncoder {
    if let encoder { return encoder }
    try plan.admit()
    let encoder = try ReferenceEncoder(
      directory, latents: flags.latents, quirks: flags.referenceQuirks, isStaged: plan.isStaged,
      pool: pool)
    self.encoder = encoder
    return encoder
  }

  private func openLoader(_ encoder: ReferenceEncoder) throws -> StemLoader {
    if let loader { return loader }
    let loader = StemLoader(
      separator: try plan.separates ? separator() : nil, codeSamples: encoder.partedCodeSamples,
      shift: flags.separationShift, quirks: flags.referenceQuirks, pool: pool)
    self.loader = loader
    return loader
  }

  private func closeLoader() {
    loader = nil
    directory.giveBack(.separator)
  }

  private func warn(_ stems: ReferenceStems, seconds: Double, id: String) {
    if seconds < 9.999 {
      console.warning(
        "is only \(decimal(seconds, places: 1)) s long; models were made for prompts of 10 s",
        song: id)
    }
    if stems.channels > 2 {
      console.warning("has \(stems.channels) channels; the first two are taken", song: id)
    }
    if stems.origin == .parted {
      console.note(
        "is taken apart by its tokens, which does well by songs of model "
          + "'\(printable(directory.name))' only: it has no separation network (give stems with "
          + "--vocal and --accompaniment)", song: id)
    }
    if stems.origin == .single {
      console.warning(
        "goes into one stem, and the other is silent: model '\(printable(directory.name))' cannot "
          + "separate (give stems with --vocal and --accompaniment)", song: id)
    }
  }

  private func tracks(_ encoded: EncodedReference, rate: FrameRate) throws -> PromptTracks {
    let vocab = try vocab()
    var tracks = PromptTracks()
    // 48000/1920 is 25/1.
    let whole = rate.numerator % rate.denominator == 0
    let rate = whole ? FrameRate(rate.numerator / rate.denominator) : rate
    for (name, row) in zip(PromptTracks.names, encoded.rows) {
      try tracks.add(
        Track(name: name, type: .u16, shape: [1], rate: rate, vocab: vocab),
        bytes: row.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
    }
    if !encoded.latents.isEmpty {
      try tracks.add(
        Track(name: "prompt.latents", type: .f32, shape: [encoded.latentWidth], rate: rate),
        bytes: encoded.latents.flatMap { value in
          withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
        })
    }
    return tracks
  }
}
