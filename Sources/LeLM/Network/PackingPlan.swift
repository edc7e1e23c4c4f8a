public import Neural

/// Which matrices of a language model are packed, and how.
///
/// What every step reads is worth packing: the matrices of both transformers, the bridge, and the heads.
/// Tables that are looked up by row stay as they are. With 4 bits, the heads and the bridge keep 8:
/// they are a small part of a step, and their errors reach the logits unmixed.
public enum PackingPlan {
  /// How the matrix of that official name (with or without `audiolm.`) is packed when `asked` is asked
  /// for, nil where it stays plain.
  public static func format(of name: String, asked: PackedFormat) -> PackedFormat? {
    var name = name[...]
    if name.hasPrefix("audiolm.") { name = name.dropFirst("audiolm.".count) }
    let heads: Set<Substring> = [
      "transformer.lm_head.weight", "linears.0.weight", "linears.1.weight", "mlp.0.weight",
      "mlp.2.weight",
    ]
    if heads.contains(name) { return .q8 }
    let isLayer =
      name.hasPrefix("transformer.model.layers.") || name.hasPrefix("transformer2.model.layers.")
    return isLayer && name.hasSuffix("_proj.weight") ? asked : nil
  }
}
