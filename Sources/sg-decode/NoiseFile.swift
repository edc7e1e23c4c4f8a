import Diagnostics
import ToolSupport
import Weights

/// `--noise`: the noise of each window from a file.
enum NoiseFile {
  /// Tensors `noise.0`, `noise.1`, … of `count` numbers each, or one tensor `noise`.
  static func read(_ path: String, count: Int) throws -> [[Float]] {
    let file = try TensorFile(path: path)
    var windows: [[Float]] = []
    while file.view("noise.\(windows.count)") != nil {
      windows.append(Array(try file.floats("noise.\(windows.count)")))
    }
    if windows.isEmpty { windows = [Array(try file.floats("noise"))] }
    guard windows.allSatisfy({ $0.count == count }) else {
      throw ToolFailure(
        .data,
        "'\(printable(path))': every noise tensor must have \(count) numbers, as many as a "
          + "window has")
    }
    return windows
  }
}
