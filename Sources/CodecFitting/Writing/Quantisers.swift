import Neural
import Weights

/// The quantisers of a fitted codec under their official names.
enum Quantisers {
  static let first = "rvq_bestrq_emb.quantizers.0"
  static let second = "rvq_bestrq_bgm_emb.quantizers.0"

  /// A book, and what its codes mean to the flow network: the normalised latents.
  ///
  /// The condition is (row - mean / 2) / deviation, so that those of vocal and accompaniment add up to
  /// the normalised latents of the mix. A row's last number, the constant of the projection, is no
  /// latent.
  ///
  /// - Parameters:
  ///   - mean: [latent]; `nil` for a book that is only searched.
  ///   - deviation: [latent].
  static func set(
    _ book: FrameBook, _ key: String, mean: [Float]?, deviation: [Float],
    in tensors: inout NamedTensors
  ) {
    let latent = deviation.count
    tensors.setNormed(
      key + ".in_proj", [book.width, latent, 1], Array(book.projection))
    tensors.set(key + ".in_proj.bias", [book.width], book.bias)
    tensors.set(
      key + ".codebook.weight", [book.size, book.width], Array(book.rows))
    var out = [Float](repeating: 0, count: latent * book.width)
    var bias = [Float](repeating: 0, count: latent)
    if let mean {
      for channel in 0..<latent {
        let scale = 1 / max(deviation[channel], 1e-12)
        if channel < book.width - 1 { out[channel * book.width + channel] = scale }
        bias[channel] = -mean[channel] / 2 * scale
      }
    } else {
      for channel in 0..<min(latent, book.width) { out[channel * book.width + channel] = 1 }
    }
    tensors.setNormed(key + ".out_proj", [latent, book.width, 1], out)
    tensors.set(key + ".out_proj.bias", [latent], bias)
  }

  /// `codec-1rvq.safetensors`: the book of the mixed row.
  static func mixedFile(_ codec: FittedCodec) -> NamedTensors {
    var tensors = NamedTensors(title: "quantiser of the mixed row")
    set(codec.frames.mixed, first, mean: nil, deviation: codec.deviation, in: &tensors)
    return tensors
  }
}
