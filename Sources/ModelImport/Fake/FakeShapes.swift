import Diagnostics
import Neural
import Weights

/// The shapes that tell the sizes of a network; an ``Inventory`` has the others from them.
struct FakeShapes: TensorSource {
  private var shapes: [String: [Int]] = [:]

  var title: String { "random weights" }

  func shape(of name: String) -> [Int]? { shapes[name] }

  func tensor(_ name: String, shape: [Int]) throws(WeightsFailure) -> FloatTensor {
    throw WeightsFailure(.software, "there are only shapes here, no numbers of '\(name)'")
  }

  /// The sizes of a codec.
  struct Codec {
    var tracks: Int
    var codes: Int
    var codeWidth: Int
    var condition: Int
    var latent: Int
    var mask: Int
    var time: Int
    var width: Int
    var layers: Int
    var positions: Int
    var encoder: Encoder
  }

  /// The sizes of the encoder inside a codec; its conformer is as wide as the condition.
  struct Encoder {
    var channels: Int
    var bands: Int
    var inner: Int
    var heads: Int
    var taps: Int
  }

  init(_ codec: Codec) {
    for track in ["rvq_bestrq_emb", "rvq_bestrq_bgm_emb"].prefix(codec.tracks) {
      shapes[track + ".quantizers.0.codebook.weight"] = [codec.codes, codec.codeWidth]
      shapes[track + ".quantizers.0.out_proj.weight_g"] = [codec.condition, 1, 1]
    }
    if codec.tracks == 2 {
      let prefix = "cfm_wrapper.estimator."
      shapes["mask_emb.weight"] = [3, codec.mask]
      shapes["normfeat.sum_x"] = [codec.latent]
      shapes[prefix + "ln_f.weight"] = [codec.width]
      shapes[prefix + "wpe.weight"] = [codec.positions, codec.width]
      shapes[prefix + "h.0.mlp.c_fc.weight"] = [codec.width, 2 * codec.width]
      shapes[prefix + "h.\(codec.layers - 1).ln_1.weight"] = [codec.width]
      shapes[prefix + "adaln_single.emb.timestep_embedder.linear_1.weight"] = [
        codec.width, codec.time,
      ]
    }
    let (encoder, width) = (codec.encoder, codec.condition)
    let prefix = "bestrq.model."
    let block = prefix + "conformer.layers.0."
    shapes[prefix + "conv.linear.weight"] = [width, encoder.channels * encoder.bands / 4]
    shapes[prefix + "conv.conv.0.conv1.weight"] = [encoder.channels, 1, 3, 3]
    shapes[block + "ffn1.intermediate_dense.weight"] = [encoder.inner, width]
    shapes[block + "conv_module.depthwise_conv.weight"] = [width, 1, encoder.taps]
    shapes[prefix + "preprocessor_melspec_2048.mel_stft.mel_scale.fb"] = [1025, encoder.bands]
    shapes[prefix + "conformer.embed_positions.inv_freq"] = [width / encoder.heads / 2]
    shapes["rsq48tobestrq.kernel"] = [1, 1, 28]
  }

  /// The separator: channels of its outermost layer, width of its transformer.
  init(separator channels: Int, bottom: Int) {
    let widths = (0..<4).map { channels << $0 }
    for (branch, inputs, tail) in [("", 4, [1]), ("t", 2, [])] {
      for level in 0..<4 {
        let before = level == 0 ? inputs : widths[level - 1]
        let deep = widths[3 - level]
        // Four stems come out of the last layer.
        let after = level == 3 ? 4 * inputs : widths[2 - level]
        shapes["\(branch)encoder.\(level).conv.weight"] = [widths[level], before, 8] + tail
        shapes["\(branch)decoder.\(level).conv_tr.weight"] = [deep, after, 8] + tail
        for (side, width) in [("encoder", widths[level]), ("decoder", deep)] {
          for part in 0..<2 {
            shapes["\(branch)\(side).\(level).dconv.layers.\(part).0.weight"] = [
              width / 8, width, 3,
            ]
          }
        }
      }
    }
    shapes["freq_emb.embedding.weight"] = [512, channels]
    shapes["channel_upsampler.weight"] = [bottom, widths[3], 1]
    for side in ["", "_t"] {
      for layer in 0..<5 {
        shapes["crosstransformer.layers\(side).\(layer).linear1.weight"] = [4 * bottom, bottom]
      }
    }
  }
}
