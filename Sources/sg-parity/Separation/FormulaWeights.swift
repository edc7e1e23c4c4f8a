import Diagnostics
import Neural
import Separation
import Weights

/// Weights made by formula, after the README of the encoder's reference tensors: SplitMix64 over the
/// index, seeded by a hash of the tensor's name.
struct FormulaWeights: TensorSource {
  let shapes: [String: [Int]]
  let seed: UInt64
  let title = "formula weights"

  func shape(of name: String) -> [Int]? { shapes[name] }

  func tensor(_ name: String, shape: [Int]) throws(WeightsFailure) -> FloatTensor {
    guard shapes[name] == shape else {
      throw WeightsFailure(.data, "no formula tensor '\(name)' of shape \(shape)")
    }
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hash ^= seed
    let (offset, amplitude) = Self.range(name, shape)
    let buffer = FloatBuffer(count: shape.reduce(1, *))
    var state = hash
    for index in 0..<buffer.count {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z ^= z >> 30
      z &*= 0xBF58_476D_1CE4_E5B9
      z ^= z >> 27
      z &*= 0x94D0_49BB_1331_11EB
      z ^= z >> 31
      buffer.base[index] = Float(offset + amplitude * (Double(z >> 40) / 8_388_608 - 1))
    }
    return FloatTensor(buffer)
  }

  /// Centre and half width of the values, by the kind of tensor.
  private static func range(_ name: String, _ shape: [Int]) -> (Double, Double) {
    if name.hasSuffix("running_var") { return (1, 0.25) }
    if name.hasSuffix("running_mean") { return (0, 0.1) }
    if name.hasSuffix("weight_g") || name.hasSuffix("original0") { return (1, 0.25) }
    if name.hasSuffix(".scale") { return (0.5, 0.25) }
    if shape.count == 1 { return name.hasSuffix(".weight") ? (1, 0.2) : (0, 0.1) }
    if name.contains("codebook") || name.contains("embedding") { return (0, 1) }
    let fan = Double(shape.dropFirst().reduce(1, *))
    return (0, (3 / fan).squareRoot())
  }

  /// The separation network of the official widths.
  static func officialSeparation(seed: UInt64) -> FormulaWeights {
    FormulaWeights(
      shapes: Dictionary(uniqueKeysWithValues: HTDemucsShape.official.tensors.map { ($0, $1) }),
      seed: seed)
  }
}
