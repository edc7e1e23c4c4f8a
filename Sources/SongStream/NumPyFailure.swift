public import Diagnostics

/// Why a file is not three token rows in NumPy's form.
public enum NumPyFailure: SongFailure, Hashable {
  /// The file does not begin as an `.npy` file does.
  case notNumPy
  /// A version of the format that is not known.
  case version(UInt8)
  /// The header is cut, too long or malformed.
  case header
  /// The elements are not integers.
  case type(String)
  /// The array is neither `[3, T]` nor `[1, 3, T]`.
  case shape([Int])
  /// There are no frames, or too many.
  case frames(Int, limit: Int)
  /// The data has another size than the header says.
  case dataSize(expected: Int, found: Int)
  /// A value is not a token of the vocabulary.
  case token(Int, row: Int, frame: Int, vocab: Int)
  /// There are not three rows of the same length.
  case rows

  public var status: ExitStatus { .data }

  public var description: String {
    switch self {
    case .notNumPy: "not an .npy file"
    case .version(let version): ".npy version \(version) is not known; save it again with NumPy"
    case .header: "the .npy header is cut or malformed"
    case .type(let type):
      "the array has type '\(printable(type, limit: 32))'; tokens are integers such as int32"
    case .shape(let shape): "the array has shape \(shape); token rows are [3, T] or [1, 3, T]"
    case .frames(let frames, let limit): "\(frames) frames are not in 1...\(limit)"
    case .dataSize(let expected, let found):
      "\(found) bytes of data where the header announces \(expected)"
    case .token(let value, let row, let frame, let vocab):
      "value \(value) in row \(row), frame \(frame) is not in 0..<\(vocab) (see --vocab)"
    case .rows: "there are not three token rows of the same length"
    }
  }
}
