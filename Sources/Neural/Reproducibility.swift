import CKernels
import Synchronization

/// The same bits on every processor with AVX2, at the price of the kernels that sum in another order on a
/// wider one.
public enum Reproducibility {
  /// What a program computes.
  public enum Kind: Sendable {
    /// A codec: its kernels sum an element in the same order whether vectors have 8 floats or 16.
    case codec
    /// A language model: dot products are summed by vectors, and batches go through OpenBLAS.
    case languageModel
  }

  private static let asked = Atomic<Bool>(false)

  /// Whether OpenBLAS, which chooses kernels for the processor that it finds, is to be left alone.
  static var isAsked: Bool { asked.load(ordering: .relaxed) }

  /// Holds the process to kernels whose bits are the same on all processors with AVX2. Call it before any
  /// computing.
  ///
  /// - Returns: false where there is no AVX2, or `SG_CPU` forbids it.
  public static func hold(_ kind: Kind) -> Bool {
    asked.store(true, ordering: .relaxed)
    let level =
      kind == .languageModel ? sgk_cpu_lower(Int32(SGK_AVX2.rawValue)) : sgk_cpu_level()
    return level >= Int32(SGK_AVX2.rawValue)
  }
}
