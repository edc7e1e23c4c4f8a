import Neural

/// Numbers of a tensor made by formula, after the README of the encoder's reference tensors: SplitMix64
/// over the index, seeded by a hash of the tensor's name, spread as its kind asks.
enum FormulaNumbers {
  static func tensor(_ name: String, shape: [Int], seed: UInt64) -> FloatBuffer {
    var state: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name.utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
    state ^= seed
    let (offset, amplitude) = spread(name, shape)
    let buffer = FloatBuffer(count: shape.reduce(1, *))
    for index in 0..<buffer.count {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
      z ^= z >> 31
      buffer.base[index] = Float(offset + amplitude * (Double(z >> 40) / 8_388_608 - 1))
    }
    return buffer
  }

  /// Centre and half width of the values, by the kind of tensor.
  private static func spread(_ name: String, _ shape: [Int]) -> (Double, Double) {
    if name.hasSuffix("running_var") { return (1, 0.25) }
    if name.hasSuffix("running_mean") { return (0, 0.1) }
    if name.hasSuffix("weight_g") || name.hasSuffix("original0") { return (1, 0.25) }
    if name.hasSuffix(".scale") { return (0.5, 0.25) }
    if shape.count == 1 { return name.hasSuffix(".weight") ? (1, 0.2) : (0, 0.1) }
    if name.contains("codebook") || name.contains("embedding") { return (0, 1) }
    return (0, (3 / Double(shape.dropFirst().reduce(1, *))).squareRoot())
  }
}
