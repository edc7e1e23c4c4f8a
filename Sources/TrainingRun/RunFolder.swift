import Diagnostics
import Glibc
public import SongStream

/// A run that can be left alone: its folder holds its settings, what it has logged and the states
/// that it can go on from, and belongs to one process at a time.
///
///     let run = try RunFolder("run", settings: settings, opening: .resume)
///     let checkpoint = try run.resume().checkpoint
///     try checkpoint?.restore(tensors)
///     let log = try run.log()
///     StopRequest.listen()
///     for step in run.step..<steps { … }
///
/// | name | |
/// |---|---|
/// | `config.json` | the settings as given |
/// | `log.jsonl` | a ``RunLog`` |
/// | `checkpoints/` | a ``CheckpointFolder`` |
/// | `lock` | who has the folder |
public final class RunFolder {
  /// What there must be in the folder.
  public enum Opening: Sendable, Hashable {
    /// Nothing: the run begins.
    case fresh
    /// A run, which goes on.
    case resume
    /// Either: a run goes on if there is one.
    case either
  }

  static let settingsName = "config.json"
  static let logName = "log.jsonl"

  public let path: String
  public let settings: JSONValue
  /// How many checkpoints stay.
  public let keeping: Int
  /// The step of the checkpoint that ``resume()`` found or ``save(step:state:tensors:)`` wrote last.
  public private(set) var step = 0
  public let checkpoints: CheckpointFolder
  private let lock: FolderLock

  /// Opens or makes the folder at `path`; the folder around it must be there.
  ///
  /// - Parameters:
  ///   - settings: A JSON object. Those of a run that goes on must be the same.
  ///   - changeable: Keys of settings that may have another value when a run goes on, such as the
  ///     number of steps; the new one is written down.
  /// - Throws: ``RunFailure``: 73 when there is a run though a fresh one is wanted, when another
  ///   process has it, or the folder is of something else; 66 when there is none to go on with; 78
  ///   when its settings differ.
  public init(
    _ path: String, settings: JSONValue, changeable: Set<String> = [], keeping: Int = 3,
    opening: Opening
  ) throws(RunFailure) {
    self.path = path
    self.settings = settings
    self.keeping = keeping
    checkpoints = CheckpointFolder(run: path)
    let shown = printable(path)
    let hasRun = access(path + "/" + Self.settingsName, F_OK) == 0
    if opening == .resume && !hasRun {
      throw RunFailure(.noInput, "there is no run in '\(shown)' to go on with")
    }
    if opening == .fresh && hasRun {
      throw RunFailure(
        .cannotCreate,
        "there is a run in '\(shown)' already; go on with it, or choose another folder")
    }
    if !hasRun {
      guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
        throw .system(.cannotCreate, "create", path, errno)
      }
      let own: Set = [FolderLock.fileName, "." + Self.settingsName + WholeFile.suffix]
      guard folderEntries(path).allSatisfy(own.contains) else {
        throw RunFailure(.cannotCreate, "'\(shown)' is not empty and holds no run")
      }
    }
    lock = try FolderLock(path)
    for name in folderEntries(path) where name.hasSuffix(WholeFile.suffix) {
      unlink(path + "/" + name)
    }
    // Another process may have made the run before it let go of the lock.
    var isNew = true
    if access(path + "/" + Self.settingsName, F_OK) == 0 {
      let old = try Self.settings(of: path)
      let differences = SettingsDifference.all(old, settings)
      let fixed = differences.filter { !changeable.contains($0.key) }
      guard fixed.isEmpty else {
        let list = fixed.prefix(4).map(\.text).joined(separator: ", ")
        throw RunFailure(
          .configuration,
          "the run in '\(shown)' has other settings: \(list); choose another folder")
      }
      isNew = !differences.isEmpty
    }
    if isNew { try write(settings) }
  }

  /// The settings of the run in a folder, whoever has it.
  public static func settings(of path: String) throws(RunFailure) -> JSONValue {
    let file = path + "/" + settingsName
    let bytes = try readFile(file, limit: 1 << 20)
    do throws(JSONFailure) {
      return try JSONValue(parsing: bytes)
    } catch {
      throw RunFailure(.data, "'\(printable(file))': \(error.description)")
    }
  }

  /// The checkpoint to go on from, nil at the beginning, and what is wrong with those after it, which
  /// are put out of the way.
  public func resume() throws(RunFailure) -> (checkpoint: Checkpoint?, damaged: [RunFailure]) {
    let found = try checkpoints.latest()
    step = found.checkpoint?.step ?? 0
    checkpoints.forget(after: step)
    return found
  }

  /// The log, without the lines after ``step``: those steps will be done again.
  public func log() throws(RunFailure) -> RunLog {
    try RunLog(path, Self.logName, upTo: step)
  }

  /// Saves a state to go on from. When this returns it is on the disk.
  ///
  /// - Parameters:
  ///   - step: How many steps were done.
  ///   - state: What the run needs beside its tensors, without times of the clock, so that a run that
  ///     was interrupted ends in the same bytes as one that was not.
  /// - Throws: ``RunFailure`` with status 73 or 74; what was saved before is still there then.
  public func save(
    step: Int, state: JSONValue, tensors: [NamedTensor]
  ) throws(RunFailure) {
    try checkpoints.save(step: step, state: state, tensors: tensors, keeping: keeping)
    self.step = step
  }

  /// One setting a line, by name.
  private func write(_ settings: JSONValue) throws(RunFailure) {
    var text = settings.printed()
    if let members = settings.object, !members.isEmpty {
      let lines = members.sorted { $0.key < $1.key }.map {
        "  \(JSONValue.string($0.key).printed()): \($0.value.printed())"
      }
      text = "{\n" + lines.joined(separator: ",\n") + "\n}"
    }
    try WholeFile.write(Array((text + "\n").utf8), to: path, Self.settingsName)
  }
}
