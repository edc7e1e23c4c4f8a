import Diagnostics
public import Neural
public import SongStream
import Weights

/// A state of a run that can be gone on from, in a file whose every byte was checked.
public struct Checkpoint: Sendable {
  /// Where it lies.
  public let path: String
  /// How many steps were done.
  public let step: Int
  /// What else the run needs: place in the data, random counters, schedule.
  public let state: JSONValue
  private let tensors: TensorFile

  init(path: String, step: Int, state: JSONValue, tensors: TensorFile) {
    self.path = path
    self.step = step
    self.state = state
    self.tensors = tensors
  }

  /// Opens a checkpoint outside of a run.
  ///
  /// - Throws: ``RunFailure`` with status 65 when it is cut, changed or something else.
  public init(path: String) throws(RunFailure) { self = try CheckpointFile.open(path) }

  /// The names of its tensors, sorted.
  public var names: [String] { tensors.names.sorted() }

  /// The shape of a tensor; nil if there is none of that name.
  public func shape(of name: String) -> [Int]? { tensors.shape(of: name) }

  /// Copies a tensor, bit for bit.
  ///
  /// - Throws: ``RunFailure`` with status 65 when it is missing or has another shape.
  public func copy(_ name: String, shape: [Int], to target: FloatBuffer) throws(RunFailure) {
    do throws(WeightsFailure) {
      let view = try tensors.require(name, shape: shape)
      guard view.type == .f32, view.count == target.count else {
        throw WeightsFailure(
          .data, "'\(printable(path))': tensor '\(printable(name))' does not fit the run")
      }
      withExtendedLifetime((tensors, target)) { _ = view.copyFloats(to: target.elements) }
    } catch {
      throw RunFailure(error.status, error.description)
    }
  }

  /// Copies all tensors into those of a run.
  ///
  /// - Throws: ``RunFailure`` with status 65 when one is missing, has another shape, or is left over;
  ///   what was copied before stays copied.
  public func restore(_ targets: [NamedTensor]) throws(RunFailure) {
    let wanted = Set(targets.map(\.name))
    if let extra = names.first(where: { !wanted.contains($0) }) {
      throw RunFailure(
        .data,
        "'\(printable(path))' has tensor '\(printable(extra))', which this run does not know")
    }
    for target in targets {
      try copy(target.name, shape: target.shape, to: target.numbers)
    }
  }
}
