import Glibc

/// What the numbers of a tensor are like: uniform around a centre, or a formula.
struct FakeRule: Sendable {
  var centre: Float = 0
  /// Half the width of the distribution.
  var spread: Float
  /// Elements that are zero.
  var zero: Range<Int>?
  /// What the tensor really is, where random numbers would make no sense.
  var formula: (@Sendable (Int) -> Float)?

  /// - Parameter sibling: the shape of another tensor of the file.
  init(_ name: String, _ shape: [Int], sibling: (String) -> [Int]?) {
    spread = 0.05
    let last = name.split(separator: ".").last.map(String.init) ?? name
    func has(_ part: String) -> Bool { name.contains(part) }
    if last == "weight_g" {
      centre = Self.length(name, sibling)
      spread = 0.05 * centre
    } else if name.hasPrefix("normfeat.") {
      // Latents of mean 0 and spread 1, seen often enough that they stay so.
      (centre, spread) =
        last == "counts" ? (200_000, 0) : last == "sum_x" ? (0, 20000) : (240_000, 0)
    } else if last == "inv_freq" {
      let count = Float(shape[0])
      formula = { powf(10000, -Float($0) / count) }
    } else if last == "window" {
      let count = Double(shape[0])
      formula = { Float(0.5 - 0.5 * cos(2 * .pi * Double($0) / count)) }
    } else if last == "fb" {
      (centre, spread) = (0.01, 0.01)
    } else if last == "kernel" {
      (centre, spread) = (1 / Float(shape.last ?? 1), 0)
    } else if last == "num_batches_tracked" || last == "stale_counter" {
      (centre, spread) = (0, 0)
    } else if last == "running_var" || (shape.count == 1 && last == "weight") {
      (centre, spread) = (1, 0.1)
    } else if last == "scale" {
      (centre, spread) = (0.1, 0.01)
    } else if has("scale_shift_table") || last == "alpha" || last == "beta" || shape.count == 1 {
      spread = 0.1
    } else if Self.heads.contains(where: name.hasSuffix) {
      // Logits of spread 3; the song does not end by chance.
      spread = 3 * Self.uniform(fanIn: shape[1])
      zero = (shape[0] - 1) * shape[1]..<shape[0] * shape[1]
    } else if has("wpe.") || has("freq_emb.") {
      spread = 0.1
    } else if Self.tables.contains(where: has) {
      spread = Self.uniform(fanIn: 1)
    } else if has(".c_attn.") || has(".c_proj.") || has(".c_fc.") {
      spread = Self.uniform(fanIn: shape[0])
    } else {
      spread = Self.uniform(fanIn: shape.dropFirst().reduce(1, *))
    }
  }

  private static let heads = ["transformer.lm_head.weight", "linears.0.weight", "linears.1.weight"]
  private static let tables = [
    "emb.", "EOT_emb", "output_proj", "structure_emb", "embed_tokens", "codebook.", "mask_emb",
  ]

  /// Half the width of a uniform distribution with variance 1 / fanIn.
  private static func uniform(fanIn: Int) -> Float { (3 / Float(max(fanIn, 1))).squareRoot() }

  /// The length of the rows of a weight under weight norm. A row that is all that an output sums over
  /// has length 1; in the transposed convolutions of the decoder, rows belong to inputs.
  private static func length(_ name: String, _ sibling: (String) -> [Int]?) -> Float {
    let parts = name.split(separator: ".")
    guard name.hasPrefix("decoder.layers."), parts.count == 6, parts[4] == "1",
      let shape = sibling(name.dropLast() + "v"), shape.count == 3
    else { return 1 }
    return (Float(shape[1] * shape[2]) / Float(2 * shape[0])).squareRoot()
  }
}
