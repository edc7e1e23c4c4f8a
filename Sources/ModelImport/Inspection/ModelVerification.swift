import Diagnostics
import Hashing
public import Weights

/// Goes through every byte of a model.
public struct ModelVerification {
  private let directory: ModelDirectory

  public init(_ directory: ModelDirectory) { self.directory = directory }

  /// What is wrong: files that are not what the manifest says, entries of torch archives that are
  /// not what was written, tensors that are missing or misshaped, numbers that are not finite. Empty
  /// when nothing is.
  ///
  /// - Parameter step: told how many bytes were gone through.
  public func problems(step: (Int) throws -> Void = { _ in }) throws -> [WeightsFailure] {
    let inspection = ModelInspection(directory)
    var problems = inspection.problems
    for (path, digest) in (directory.manifest?.sha256 ?? [:]).sorted(by: { $0.key < $1.key }) {
      do {
        let file = try directory.files.open(path)
        if try SHA256.hexadecimal(of: file, step: step) != digest {
          problems.append(
            WeightsFailure(
              .data, "\(printable(path)): is not the file that sg-model.json was written for"))
        }
      } catch let error as WeightsFailure {
        problems.append(error)
      }
    }
    for part in inspection.parts {
      if let problem = Self.damage(part.tensors.file) { problems.append(problem) }
      for name in part.tensors.names {
        guard let view = part.tensors.view(name) else { continue }
        var bad = 0
        try part.tensors.file.walk(view.bytes) { bytes in
          bad += Self.countOfInfinite(bytes, view.type)
          try step(bytes.count)
        }
        if bad > 0 {
          problems.append(
            WeightsFailure(
              .data,
              "\(printable(part.path)): tensor '\(printable(name))' has \(bad) numbers that are not "
                + "finite"))
        }
      }
    }
    return problems
  }

  /// Bytes that are gone through.
  public var work: Int {
    let inspection = ModelInspection(directory)
    let tensors = inspection.parts.reduce(0) { $0 + $1.tensors.file.bytes.count }
    let hashed = (directory.manifest?.sha256 ?? [:]).keys.reduce(0) { sum, path in
      sum + ((try? directory.files.open(path))?.bytes.count ?? 0)
    }
    return tensors + hashed
  }

  /// What the checksums of a torch archive say.
  private static func damage(_ file: MappedFile) -> WeightsFailure? {
    do throws(WeightsFailure) {
      guard var checksums = try TorchChecksums(file) else { return nil }
      file.walk { checksums.add($0) }
      try checksums.check()
      return nil
    } catch {
      return error
    }
  }

  /// Infinities and NaNs have an exponent of ones. Steps hold whole elements: their size is a multiple
  /// of every element.
  private static func countOfInfinite(_ bytes: UnsafeRawBufferPointer, _ type: TensorType) -> Int {
    func count<T: FixedWidthInteger & BitwiseCopyable>(_ exponent: T) -> Int {
      var bad = 0
      for index in 0..<bytes.count / MemoryLayout<T>.size {
        let bits = bytes.loadUnaligned(fromByteOffset: index * MemoryLayout<T>.size, as: T.self)
        bad += bits & exponent == exponent ? 1 : 0
      }
      return bad
    }
    switch type {
    case .f16: return count(0x7C00 as UInt16)
    case .bf16: return count(0x7F80 as UInt16)
    case .f32: return count(0x7F80_0000 as UInt32)
    case .f64: return count(0x7FF0_0000_0000_0000 as UInt64)
    default: return 0
    }
  }
}
