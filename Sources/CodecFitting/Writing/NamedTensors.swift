import Diagnostics
import Neural
public import Weights

/// Tensors at hand, in the order in which they were put in: what a file is written from, and what a
/// network is made of without a file.
public struct NamedTensors: TensorNumbers, TensorSource {
  public private(set) var specs: [TensorSpec] = []
  private var values: [String: [Float]] = [:]
  public let title: String

  public init(title: String) { self.title = title }

  /// Puts a tensor in, or another in its place; `values` are row-major and as many as `shape` says.
  public mutating func set(
    _ name: String, _ shape: [Int], _ values: [Float], type: TensorType = .f16
  ) {
    precondition(values.count == shape.reduce(1, *), "a tensor of another size than its shape")
    let spec = TensorSpec(name: name, type: type, shape: shape)
    if let index = specs.firstIndex(where: { $0.name == name }) {
      specs[index] = spec
    } else {
      specs.append(spec)
    }
    self.values[name] = values
  }

  /// Puts a weight in as length and direction (weight norm): rows are what the first axis counts.
  ///
  /// A row of zeros becomes length zero along a direction of ones.
  mutating func setNormed(_ key: String, _ shape: [Int], _ values: [Float]) {
    let row = values.count / max(1, shape[0])
    var lengths: [Float] = []
    var directions = values
    for index in 0..<shape[0] {
      let range = index * row..<(index + 1) * row
      let length = values[range].reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
      lengths.append(Float(length))
      if length == 0 { for place in range { directions[place] = 1 } }
    }
    set(key + ".weight_g", [shape[0], 1, 1], lengths)
    set(key + ".weight_v", shape, directions)
  }

  /// The numbers of a tensor that is there.
  public func values(_ name: String) -> [Float]? { values[name] }

  public func shape(of name: String) -> [Int]? { specs.first { $0.name == name }?.shape }

  public func tensor(_ name: String, shape: [Int]) throws(WeightsFailure) -> FloatTensor {
    guard let found = values[name], self.shape(of: name) == shape else {
      throw WeightsFailure(.data, "\(title): lacks tensor '\(name)', or it has another shape")
    }
    return FloatTensor(FloatBuffer(found))
  }

  public func fill(
    _ target: UnsafeMutableBufferPointer<Float>, of name: String, at offset: Int
  ) throws(WeightsFailure) {
    guard let found = values[name], offset >= 0, target.count <= found.count - offset else {
      throw WeightsFailure(.data, "\(title): lacks numbers of tensor '\(name)'")
    }
    for index in target.indices { target[index] = found[offset + index] }
  }

  /// The bytes of a safetensors file.
  public func safetensors() throws -> [UInt8] {
    var sink = ByteArray()
    try TensorWriting.safetensors(self, metadata: [:], to: &sink)
    return sink.bytes
  }
}
