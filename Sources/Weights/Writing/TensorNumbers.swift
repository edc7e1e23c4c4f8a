import Neural

/// Tensors whose numbers can be had a stretch at a time, so that a file of gigabytes is written with
/// megabytes of memory.
public protocol TensorNumbers: Sendable {
  /// The tensors.
  var specs: [TensorSpec] { get }

  /// Writes elements `offset..<offset + target.count` of a tensor, row-major, as f32.
  ///
  /// - Parameter offset: a multiple of ``TensorStretch/elements``.
  func fill(
    _ target: UnsafeMutableBufferPointer<Float>, of name: String, at offset: Int
  ) throws(WeightsFailure)
}

/// How tensors are cut up.
public enum TensorStretch {
  /// Elements at a time; a multiple of every block.
  public static let elements = 1 << 20
}

extension TensorFile: TensorNumbers {
  public var specs: [TensorSpec] {
    names.map { name in
      view(name).map { TensorSpec($0) }
        ?? TensorSpec(name: name, type: .f32, shape: shape(of: name) ?? [])
    }
  }

  public func fill(
    _ target: UnsafeMutableBufferPointer<Float>, of name: String, at offset: Int
  ) throws(WeightsFailure) {
    guard let view = view(name) else {
      let buffer = try floats(name)
      return withExtendedLifetime(buffer) {
        _ = target.update(fromContentsOf: buffer.elements[offset..<offset + target.count])
      }
    }
    try withExtendedLifetime(file) { () throws(WeightsFailure) in
      guard offset >= 0, target.count <= view.count - offset,
        view.part(offset, target.count).copyFloats(to: target)
      else {
        throw .malformed(file.name, "tensor '\(name)' is \(view.type.rawValue), not floating point")
      }
    }
  }
}

extension TensorView {
  /// Elements `offset..<offset + count`, both whole blocks, as a vector.
  func part(_ offset: Int, _ count: Int) -> TensorView {
    let first = offset / type.block * type.size
    let last = first + count / type.block * type.size
    return TensorView(
      name: name, shape: [count], type: type,
      bytes: UnsafeRawBufferPointer(rebasing: bytes[first..<last]))
  }
}
