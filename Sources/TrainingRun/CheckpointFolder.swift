import Diagnostics
import Glibc
import SongStream

/// The checkpoints of a run: `checkpoints/step-NNNNNNN.safetensors`.
///
/// Each appears whole or not at all; a damaged one is never taken, and the one before it is.
public struct CheckpointFolder: Sendable {
  static let name = "checkpoints"
  private static let prefix = "step-"
  private static let ending = ".safetensors"
  private static let digits = 7

  /// The folder itself.
  public let path: String

  /// The checkpoints of the run in `run`.
  public init(run: String) { path = run + "/" + Self.name }

  /// The steps whose checkpoints are there, whole or not, upwards.
  public func steps() -> [Int] { entries().compactMap(Self.step).sorted() }

  /// The last checkpoint that is whole, and what is wrong with those after it.
  ///
  /// - Throws: ``RunFailure`` with status 65 when there are checkpoints and none is whole.
  public func latest() throws(RunFailure) -> (checkpoint: Checkpoint?, damaged: [RunFailure]) {
    var damaged: [RunFailure] = []
    for step in steps().reversed() {
      do throws(RunFailure) {
        let checkpoint = try CheckpointFile.open(file(step))
        guard checkpoint.step == step else {
          throw RunFailure(
            .data, "'\(printable(file(step)))' is the checkpoint of step \(checkpoint.step)")
        }
        return (checkpoint, damaged)
      } catch {
        damaged.append(error)
      }
    }
    guard damaged.isEmpty else {
      throw RunFailure(
        .data, "no checkpoint in '\(printable(path))' is whole; begin anew in another folder")
    }
    return (nil, [])
  }

  /// Puts the checkpoints after `step` out of the way, as `NAME.damaged`, and removes what killed
  /// processes left.
  func forget(after step: Int) {
    for name in entries() {
      let whole = path + "/" + name
      if name.hasSuffix(WholeFile.suffix) { unlink(whole) }
      if let other = Self.step(name), other > step { rename(whole, whole + ".damaged") }
    }
  }

  /// Saves a checkpoint, then removes all but the last `keeping`.
  ///
  /// - Throws: ``RunFailure`` with status 73 or 74; the checkpoints before it are still there then.
  func save(
    step: Int, state: JSONValue, tensors: [NamedTensor], keeping: Int
  ) throws(RunFailure) {
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
      throw .system(.cannotCreate, "create", path, errno)
    }
    do {
      var file = try WholeFile(path, Self.name(step))
      try CheckpointFile.write(step: step, state: state, tensors: tensors, to: &file)
      try file.commit()
    } catch let failure as RunFailure {
      throw failure
    } catch let failure as any SongFailure {
      throw RunFailure(failure.status, failure.description)
    } catch {
      throw RunFailure(.software, "internal error: \(error)")
    }
    for old in steps().filter({ $0 <= step }).dropLast(max(1, keeping)) { unlink(file(old)) }
  }

  private func file(_ step: Int) -> String { path + "/" + Self.name(step) }

  private static func name(_ step: Int) -> String {
    let number = String(step)
    let zeros = String(repeating: "0", count: max(0, digits - number.count))
    return prefix + zeros + number + ending
  }

  /// The step in the name of a checkpoint; nil for other files.
  private static func step(_ file: String) -> Int? {
    guard file.hasPrefix(prefix), file.hasSuffix(ending) else { return nil }
    let number = file.dropFirst(prefix.count).dropLast(ending.count)
    guard let step = Int(number), step >= 0, name(step) == file else { return nil }
    return step
  }

  private func entries() -> [String] { folderEntries(path) }
}

/// The names in a folder, but for `.` and `..`; none if there is no such folder.
func folderEntries(_ path: String) -> [String] {
  guard let handle = opendir(path) else { return [] }
  defer { closedir(handle) }
  var names: [String] = []
  while let entry = readdir(handle) {
    let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    if name != "." && name != ".." { names.append(name) }
  }
  return names
}
