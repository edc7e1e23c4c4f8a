package import Neural

extension LanguageModel {
  /// The model with its matrices packed in memory, as ``PackingPlan`` says.
  package func packing(_ format: PackedFormat, pool: ThreadPool) -> LanguageModel {
    var copy = self
    let pack = { (matrix: WeightMatrix, name: String) -> WeightMatrix in
      guard let format = PackingPlan.format(of: name, asked: format), matrix.packed == nil else {
        return matrix
      }
      return WeightMatrix(PackedMatrix(matrix, as: format, pool: pool))
    }
    func packed(_ transformer: Transformer, _ name: String) -> Transformer {
      let layers = transformer.layers.enumerated().map { index, layer in
        let part = { (matrix: WeightMatrix, path: String) in
          pack(matrix, "\(name).model.layers.\(index).\(path)_proj.weight")
        }
        return TransformerLayer(
          inputNorm: layer.inputNorm, query: part(layer.query, "self_attn.q"),
          key: part(layer.key, "self_attn.k"), value: part(layer.value, "self_attn.v"),
          output: part(layer.output, "self_attn.o"), postNorm: layer.postNorm,
          gate: part(layer.gate, "mlp.gate"), up: part(layer.up, "mlp.up"),
          down: part(layer.down, "mlp.down"))
      }
      return Transformer(
        shape: transformer.shape, layers: layers, finalNorm: transformer.finalNorm,
        rotary: transformer.rotary)
    }
    copy.transformer = packed(transformer, "transformer")
    copy.transformer2 = packed(transformer2, "transformer2")
    copy.bridgeIn = pack(bridgeIn, "mlp.0.weight")
    copy.bridgeOut = pack(bridgeOut, "mlp.2.weight")
    copy.heads = zip(heads, ["transformer.lm_head", "linears.0", "linears.1"]).map {
      pack($0, $1 + ".weight")
    }
    return copy
  }
}
