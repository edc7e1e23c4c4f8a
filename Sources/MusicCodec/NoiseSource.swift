import Diagnostics
import Neural

/// Where the noise that the flow starts from comes from.
public enum NoiseSource: Sendable {
  /// Drawn: window k of stem s is stream s * 2^32 + k of the seed, so windows and stems can be made in
  /// any order.
  case seed(UInt64)
  /// Given: one [window, latent] for each window, the same for every stem.
  case given([[Float]])

  func noise(window: Int, stem: Stem, count: Int) throws(CodecFailure) -> [Float] {
    switch self {
    case .seed(let seed):
      let order: UInt64 =
        switch stem {
        case .mixed: 0
        case .vocal: 1
        case .accompaniment: 2
        }
      return [Float](unsafeUninitializedCapacity: count) { buffer, initialised in
        Philox(seed: seed, stream: order << 32 | UInt64(window))
          .fillNormals(UnsafeMutableBufferPointer(rebasing: buffer[0..<count]), at: 0)
        initialised = count
      }
    case .given(let windows):
      guard window < windows.count else {
        throw CodecFailure(
          .data, "there is no noise for window \(window): the file has \(windows.count)")
      }
      // A window that fits a short song takes what it needs.
      return Array(windows[window].prefix(count))
    }
  }
}
