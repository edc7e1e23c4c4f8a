import Diagnostics
import Weights

/// Sizes of a network, read off the shapes of its tensors.
struct ShapeReader {
  let source: any TensorSource

  /// The size of an axis of a tensor.
  ///
  /// - Throws: `data` when there is no such tensor, or it is empty or far too large.
  func size(_ name: String, _ axis: Int) throws(WeightsFailure) -> Int {
    guard let shape = source.shape(of: name), axis < shape.count, shape[axis] > 0,
      shape[axis] <= 1 << 20
    else {
      throw WeightsFailure(
        .data,
        "\(printable(source.title)): lacks tensor '\(name)', by which its sizes are told, "
          + "or it is empty")
    }
    return shape[axis]
  }

  /// One more than the highest number for which one of the tensors `prefix` N `suffix` exists.
  func count(_ prefix: String, _ suffixes: [String]) -> Int {
    1
      + ((0..<256).last { index in
        suffixes.contains { source.shape(of: "\(prefix)\(index)\($0)") != nil }
      } ?? -1)
  }
}
