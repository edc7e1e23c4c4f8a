import Diagnostics
import Hashing
import Neural
import SongStream
import Weights

/// How a checkpoint lies on the disk: a safetensors file whose metadata hold the step, the state and
/// a SHA-256 over every byte of the file, computed with zeros in the place of the digest.
enum CheckpointFile {
  /// Longest state, in bytes of JSON.
  static let stateLimit = 1 << 20
  private static let blank = String(repeating: "0", count: 64)
  /// How every file begins, behind the length of its header: the digest follows. Metadata are written
  /// first, and by their names.
  private static let opening = Array(
    #"{"__metadata__":{"format":"sg-checkpoint-1","sha256":""#.utf8)
  private static var digestPlace: Range<Int> { 8 + opening.count..<8 + opening.count + 64 }

  /// Writes a checkpoint; the same content gives the same bytes.
  static func write(
    step: Int, state: JSONValue, tensors: [NamedTensor], to sink: inout some Weights.ByteSink
  ) throws {
    for tensor in tensors where tensor.elements != tensor.numbers.count {
      throw RunFailure(
        .software,
        "internal error: tensor '\(printable(tensor.name))' has \(tensor.numbers.count) numbers, "
          + "not those of its shape")
    }
    let json = state.encoded()
    guard json.count <= stateLimit else {
      throw RunFailure(.software, "internal error: the state of the run has \(json.count) bytes")
    }
    var metadata = [
      "format": "sg-checkpoint-1", "sha256": blank, "step": String(step),
      "state": String(decoding: json, as: UTF8.self),
    ]
    let numbers = Numbers(tensors)
    var digest = DigestSink()
    try TensorWriting.safetensors(numbers, metadata: metadata, to: &digest)
    metadata["sha256"] = digest.digest.hexadecimal()
    try TensorWriting.safetensors(numbers, metadata: metadata, to: &sink)
  }

  /// Opens a checkpoint whose every byte is as it was written.
  ///
  /// - Throws: ``RunFailure`` with status 65 when it is cut, changed or something else.
  static func open(_ path: String) throws(RunFailure) -> Checkpoint {
    do {
      let file = try MappedFile(path: path, name: path)
      guard isWhole(file) else {
        throw RunFailure(.data, "'\(printable(path))' is no checkpoint, or it is damaged")
      }
      let tensors = try TensorFile(file)
      guard let step = tensors.metadata["step"].flatMap({ Int($0) }), step >= 0,
        let text = tensors.metadata["state"],
        let state = try? JSONValue(parsing: text.utf8, limits: stateLimits)
      else {
        throw RunFailure(.data, "'\(printable(path))' is a checkpoint without its state")
      }
      return Checkpoint(path: path, step: step, state: state, tensors: tensors)
    } catch let failure as RunFailure {
      throw failure
    } catch let failure as any SongFailure {
      throw RunFailure(failure.status, failure.description)
    } catch {
      throw RunFailure(.software, "internal error: \(error)")
    }
  }

  private static var stateLimits: JSONLimits {
    var limits = JSONLimits()
    limits.bytes = stateLimit
    limits.nesting = 256
    return limits
  }

  /// Whether the digest that a file names is that of its bytes.
  private static func isWhole(_ file: MappedFile) -> Bool {
    withExtendedLifetime(file) {
      let bytes = file.bytes
      guard bytes.count >= digestPlace.upperBound,
        bytes[8..<digestPlace.lowerBound].elementsEqual(opening)
      else { return false }
      let digest = SHA256()
      digest.add(UnsafeRawBufferPointer(rebasing: bytes[..<digestPlace.lowerBound]))
      Array(blank.utf8).withUnsafeBytes { digest.add($0) }
      file.walk(UnsafeRawBufferPointer(rebasing: bytes[digestPlace.upperBound...])) {
        digest.add($0)
      }
      return bytes[digestPlace].elementsEqual(digest.hexadecimal().utf8)
    }
  }

  /// Digests what it gets.
  private struct DigestSink: Weights.ByteSink {
    let digest = SHA256()
    func write(_ bytes: UnsafeRawBufferPointer) { digest.add(bytes) }
  }

  /// The tensors, as they are written.
  private struct Numbers: TensorNumbers {
    let specs: [TensorSpec]
    private let tensors: [String: NamedTensor]

    init(_ tensors: [NamedTensor]) {
      specs = tensors.map { TensorSpec(name: $0.name, type: .f32, shape: $0.shape) }
      self.tensors = Dictionary(tensors.map { ($0.name, $0) }) { first, _ in first }
    }

    func fill(
      _ target: UnsafeMutableBufferPointer<Float>, of name: String, at offset: Int
    ) throws(WeightsFailure) {
      guard let numbers = tensors[name]?.numbers, offset + target.count <= numbers.count else {
        throw WeightsFailure(.software, "internal error: no tensor '\(printable(name))'")
      }
      withExtendedLifetime(numbers) {
        _ = target.update(fromContentsOf: numbers.elements[offset..<offset + target.count])
      }
    }
  }
}
