import Diagnostics
import Weights

extension HTDemucsShape {
  /// Every tensor of a network of these sizes.
  package var tensors: [(name: String, shape: [Int])] {
    var result: [(name: String, shape: [Int])] = []
    func add(_ name: String, _ shape: [Int]) { result.append((name, shape)) }
    func affine(_ key: String, _ shape: [Int], outputs: Int) {
      add(key + ".weight", shape)
      add(key + ".bias", [outputs])
    }
    for (prefix, flat, audio) in [("", [1], 4), ("t", [], 2)] {
      for layer in 0..<depth {
        let (inner, outer) = (widths[layer], layer == 0 ? audio : widths[layer - 1])
        let encoder = "\(prefix)encoder.\(layer)"
        affine(encoder + ".conv", [inner, outer, Self.kernel] + flat, outputs: inner)
        affine(encoder + ".rewrite", [2 * inner, inner, 1] + flat, outputs: 2 * inner)
        // Decoders begin with the deepest layer.
        let decoder = "\(prefix)decoder.\(depth - 1 - layer)"
        let outputs = layer == 0 ? audio * stems.count : outer
        affine(decoder + ".conv_tr", [inner, outputs, Self.kernel] + flat, outputs: outputs)
        affine(
          decoder + ".rewrite", [2 * inner, inner, 3] + flat.map { _ in 3 }, outputs: 2 * inner)
        for part in [encoder, decoder] {
          for branch in 0..<branches {
            let key = "\(part).dconv.layers.\(branch)"
            affine(key + ".0", [hidden[layer], inner, 3], outputs: hidden[layer])
            affine(key + ".1", [hidden[layer]], outputs: hidden[layer])
            affine(key + ".3", [2 * inner, hidden[layer], 1], outputs: 2 * inner)
            affine(key + ".4", [2 * inner], outputs: 2 * inner)
            add(key + ".6.scale", [inner])
          }
        }
      }
    }
    add("freq_emb.embedding.weight", [fft / 2 / Self.stride, widths[0]])
    let deep = widths[depth - 1]
    for suffix in ["", "_t"] {
      affine("channel_upsampler" + suffix, [bottom, deep, 1], outputs: bottom)
      affine("channel_downsampler" + suffix, [deep, bottom, 1], outputs: deep)
      affine("crosstransformer.norm_in" + suffix, [bottom], outputs: bottom)
      for layer in 0..<layers {
        let key = "crosstransformer.layers\(suffix).\(layer)."
        let attention = key + (layer % 2 == 0 ? "self_attn" : "cross_attn")
        add(attention + ".in_proj_weight", [3 * bottom, bottom])
        add(attention + ".in_proj_bias", [3 * bottom])
        affine(attention + ".out_proj", [bottom, bottom], outputs: bottom)
        affine(key + "linear1", [inner, bottom], outputs: inner)
        affine(key + "linear2", [bottom, inner], outputs: bottom)
        for norm in ["norm1", "norm2", "norm_out"] + (layer % 2 == 0 ? [] : ["norm3"]) {
          affine(key + norm, [bottom], outputs: bottom)
        }
        add(key + "gamma_1.scale", [bottom])
        add(key + "gamma_2.scale", [bottom])
      }
    }
    return result
  }

  /// - Throws: `data` with the names of tensors that are missing or have another shape.
  func checkTensors(_ source: any TensorSource) throws(WeightsFailure) {
    var problems: [String] = []
    for (name, shape) in tensors {
      guard let found = source.shape(of: name) else {
        problems.append("lacks '\(name)'")
        continue
      }
      if found != shape { problems.append("'\(name)' has shape \(found), expected \(shape)") }
    }
    guard !problems.isEmpty else { return }
    let shown = problems.prefix(4).joined(separator: "; ")
    let more = problems.count > 4 ? "; and \(problems.count - 4) more" : ""
    throw WeightsFailure(.data, "\(printable(source.title)): \(shown)\(more)")
  }
}
