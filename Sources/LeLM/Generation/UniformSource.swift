import Neural

/// Where the random numbers of sampling come from: the parity boundary.
public enum UniformSource: Sendable {
  /// Drawn by counter from a seed: one stream per codebook, one number per column.
  case seed(UInt64)
  /// Given: element c - 1 is the draw of column c, for every codebook.
  case given([Double])

  /// A number in [0, 1) for `codebook` in `column`, which counts from 1.
  func value(codebook: Int, column: Int) -> Double {
    switch self {
    case .seed(let seed):
      Philox(seed: seed, stream: UInt64(codebook)).uniform(at: UInt64(column))
    case .given(let numbers):
      numbers.indices.contains(column - 1) ? numbers[column - 1] : 0.5
    }
  }
}
