import Diagnostics
import Neural
public import Weights

/// Random weights that a network can run on: every layer's output has about the spread of its input.
///
/// A number is a function of seed, tensor name and position (Philox), so any stretch of any tensor
/// can be had at any time.
public struct FakeNumbers: TensorNumbers {
  public let specs: [TensorSpec]
  private let rules: [String: FakeRule]
  private let seed: UInt64

  /// - Parameter type: of the tensors that are not counters.
  public init(_ inventory: Inventory, seed: UInt64, type: TensorType) {
    self.seed = seed
    var shapes: [String: [Int]] = [:]
    for item in inventory.items { shapes[item.name] = item.shape }
    specs = inventory.items.map { item in
      let isCounter = item.name.hasSuffix("num_batches_tracked")
      return TensorSpec(name: item.name, type: isCounter ? .i64 : type, shape: item.shape)
    }
    rules = Dictionary(
      uniqueKeysWithValues: inventory.items.map { item in
        (item.name, FakeRule(item.name, item.shape, sibling: { shapes[$0] }))
      })
  }

  public func fill(
    _ target: UnsafeMutableBufferPointer<Float>, of name: String, at offset: Int
  ) throws(WeightsFailure) {
    guard let rule = rules[name] else {
      throw WeightsFailure(.software, "there is no tensor '\(name)' to make up")
    }
    let philox = Philox(seed: seed, stream: Self.stream(name))
    // Eight numbers of 16 bits from each counter.
    for first in stride(from: 0, to: target.count, by: 8) {
      let words = philox.words(at: UInt64(offset + first) / 8)
      for (index, word) in [words.0, words.1, words.2, words.3].enumerated() {
        for (half, bits) in [word & 0xFFFF, word >> 16].enumerated() {
          let place = first + 2 * index + half
          guard place < target.count else { return finish(target, rule, offset) }
          target[place] = (Float(bits) - 32767.5) / 32767.5 * rule.spread + rule.centre
        }
      }
    }
    finish(target, rule, offset)
  }

  private func finish(
    _ target: UnsafeMutableBufferPointer<Float>, _ rule: FakeRule, _ offset: Int
  ) {
    if let zero = rule.zero {
      let range = zero.clamped(to: offset..<offset + target.count)
      for index in range { target[index - offset] = 0 }
    }
    if let formula = rule.formula {
      for index in target.indices { target[index] = formula(offset + index) }
    }
  }

  /// FNV-1a: names become streams.
  private static func stream(_ name: String) -> UInt64 {
    name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}

extension FakeNumbers: TensorSource {
  public var title: String { "random weights" }

  public func shape(of name: String) -> [Int]? { specs.first { $0.name == name }?.shape }

  public func tensor(_ name: String, shape: [Int]) throws(WeightsFailure) -> FloatTensor {
    guard self.shape(of: name) == shape else {
      throw WeightsFailure(.data, "there is no tensor '\(name)' of shape \(shape) to make up")
    }
    let buffer = FloatBuffer(count: shape.reduce(1, *))
    for first in stride(from: 0, to: buffer.count, by: TensorStretch.elements) {
      let size = min(TensorStretch.elements, buffer.count - first)
      let part = UnsafeMutableBufferPointer(start: buffer.base + first, count: size)
      try withExtendedLifetime(buffer) { () throws(WeightsFailure) in
        try fill(part, of: name, at: first)
      }
    }
    return FloatTensor(buffer)
  }
}
