import Diagnostics
import Weights

/// The encoder of the official widths, with numbers made by formula.
struct FormulaEncoder: TensorSource {
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
  func named(_ row: String) -> FormulaEncoder {
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
    return FloatTensor(FormulaNumbers.tensor(name, shape: shape, seed: seed))
  }
}

extension String {
  /// What follows `text`, when it is in there.
  fileprivate func part(after text: String) -> Substring? {
    guard let found = self.firstRange(of: text) else { return nil }
    return self[found.upperBound...]
  }
}
