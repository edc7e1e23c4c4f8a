import AudioIO
import Diagnostics
import Neural
import ReferenceAudio
import ToolSupport
import Weights

/// What encoding takes, and how it is done within `--max-mem`: known before any weight is read.
struct EncodePlan {
  /// What is made of a recording.
  enum Mode {
    case tokens
    case stems
  }

  let mode: Mode
  /// Whether recordings are taken apart by the separation network.
  let separates: Bool
  private let directory: ModelDirectory
  private let flags: EncodeFlags
  private let resources: ResourceOptions
  private let pool: ThreadPool

  init(
    _ directory: ModelDirectory, mode: Mode, flags: EncodeFlags, resources: ResourceOptions,
    pool: ThreadPool
  ) throws {
    self.directory = directory
    self.mode = mode
    self.flags = flags
    self.resources = resources
    self.pool = pool
    let isGiven = flags.vocal != nil || flags.accompaniment != nil
    separates = try mode == .stems || (!isGiven && directory.path(.separator) != nil)
  }

  private func cost() throws -> ReferenceCost {
    try ReferenceCost(
      directory, encodes: mode == .tokens, separates: separates, latents: flags.latents)
  }

  /// Whether only one part of the model is open at a time: slower for many recordings, the same tokens.
  var isStaged: Bool {
    get throws {
      guard let allowed = resources.maxMem else { return false }
      return try cost().bytes > allowed.bytes
    }
  }

  /// Whether the memory suffices.
  func admit() throws {
    guard resources.maxMem != nil else { return }
    try resources.admit(bytes: cost().leastBytes)
  }

  /// What a recording takes.
  func estimate(_ reader: AudioReader) throws -> ResourceEstimate {
    let whole = Double(reader.claimedFrames) / Double(reader.sampleRate)
    let excerpt = flags.excerpt(usual: mode == .stems ? nil : 10)
    let rest = max(0, whole - excerpt.start)
    let cost = try cost()
    return ResourceEstimate(
      seconds: cost.seconds(min(excerpt.length ?? rest, rest), pool: pool),
      bytes: try isStaged ? cost.leastBytes : cost.bytes)
  }
}
