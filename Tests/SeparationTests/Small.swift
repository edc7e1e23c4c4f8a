import FoundationEssentials
import Neural
import Separation
import TestSupport
import Weights

/// The reference set's small network.
enum Small {
  static let settings = HTDemucsShape.Settings(heads: 2, segment: 34398)

  static func file() throws -> TensorFile {
    try TensorFile(path: Fixtures.url("codec-encode/htdemucs_weights.safetensors").path)
  }

  static func model() throws -> HTDemucs { try HTDemucs(file(), settings) }

  /// Interleaved stereo that is neither silent nor regular.
  static func song(_ frames: Int, seed: UInt64 = 1) -> [Float] {
    var samples = [Float](repeating: 0, count: 2 * frames)
    samples.withUnsafeMutableBufferPointer {
      Philox(seed: seed, stream: 9).fillNormals($0, at: 0)
    }
    return samples.map { $0 * 0.2 }
  }
}

/// Some tensors of another shape, or not there.
struct Altered: TensorSource {
  let source: any TensorSource
  let name: String
  let other: [Int]?
  var title: String { "altered" }

  func shape(of name: String) -> [Int]? { name == self.name ? other : source.shape(of: name) }

  func tensor(_ name: String, shape: [Int]) throws(WeightsFailure) -> FloatTensor {
    try source.tensor(name, shape: shape)
  }
}
