import Diagnostics
import Neural
import Weights

/// Weights of the official encoder made by formula: SplitMix64 numbers of the tensor's name, spread as
/// its kind asks.
struct FormulaWeights: TensorSource {
  let seed: UInt64
  /// Tensors of `file` in place of the formula: for `ROW.in_proj.X`, its name there.
  let overrides: [String: String]
  let file: TensorFile
  /// The row whose overrides count.
  private(set) var row = ""

  init(seed: UInt64, overrides: [String: String], file: TensorFile) {
    self.seed = seed
    self.overrides = overrides
    self.file = file
  }

  /// The same with the overrides of a row.
  func named(_ row: String) -> FormulaWeights {
    var result = self
    result.row = row
    return result
  }

  var title: String { "weights made by formula" }

  func shape(of name: String) -> [Int]? {
    let prefix = "bestrq.model."
    let layer = prefix + "conformer.layers.0."
    let known = [
      prefix + "conv.conv.0.conv1.weight": [512, 1, 3, 3],
      prefix + "conv.linear.weight": [1024, 16384],
      layer + "ffn1.intermediate_dense.weight": [4096, 1024],
      layer + "conv_module.depthwise_conv.weight": [1024, 1, 31],
    ]
    if name.hasSuffix("codebook.weight") { return [16384, 32] }
    if name.hasSuffix("out_proj.weight_v") { return [1024, 32, 1] }
    return known[name]
  }

  func tensor(_ name: String, shape: [Int]) throws(WeightsFailure) -> FloatTensor {
    if let part = name.part(after: "in_proj."), let own = overrides["\(row).in_proj.\(part)"] {
      return try file.tensor(own, shape: shape)
    }
    let count = shape.reduce(1, *)
    let (offset, amplitude) = Self.spread(name, shape, count)
    var state = seed
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    state ^= hash
    let buffer = FloatBuffer(count: count)
    for index in 0..<count {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
      z ^= z >> 31
      buffer.base[index] = Float(offset + amplitude * (Double(z >> 40) / 8_388_608 - 1))
    }
    return FloatTensor(buffer)
  }

  private static func spread(_ name: String, _ shape: [Int], _ count: Int) -> (Double, Double) {
    if name.hasSuffix("running_var") { return (1, 0.25) }
    if name.hasSuffix("running_mean") { return (0, 0.1) }
    if name.hasSuffix("weight_g") || name.hasSuffix("original0") { return (1, 0.25) }
    if name.hasSuffix(".scale") { return (0.5, 0.25) }
    if shape.count == 1 { return name.hasSuffix(".weight") ? (1, 0.2) : (0, 0.1) }
    if name.contains("codebook") || name.contains("embedding") { return (0, 1) }
    return (0, (3 / (Double(count) / Double(shape[0]))).squareRoot())
  }
}

extension String {
  /// What follows `text`, when it is in there.
  fileprivate func part(after text: String) -> Substring? {
    guard let found = self.firstRange(of: text) else { return nil }
    return self[found.upperBound...]
  }
}
