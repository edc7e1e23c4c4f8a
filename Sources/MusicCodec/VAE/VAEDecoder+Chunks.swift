public import Neural

extension VAEDecoder {
  /// Decodes in overlapping chunks, each as if it were alone, as the reference does to save memory.
  ///
  /// With half the overlap at least ``reach`` the result equals ``decode(_:pool:)``, which needs no
  /// chunks; with less it differs near the seams. Kept for comparison.
  ///
  /// - Parameters:
  ///   - latents: [count, latent].
  ///   - chunk: latents per chunk; fewer latents make one chunk.
  ///   - overlap: latents that neighbours share.
  /// - Returns: [count * ratio, channels].
  public func decode(
    _ latents: [Float], chunk: Int, overlap: Int, pool: ThreadPool
  ) -> [Float] {
    let width = config.decoder.latent
    let count = latents.count / width
    guard chunk > overlap, overlap >= 0, count > chunk else { return decode(latents, pool: pool) }
    var starts = Array(stride(from: 0, through: count - chunk, by: chunk - overlap))
    if let last = starts.last, last + chunk < count { starts.append(count - chunk) }
    let perLatent = ratio * config.audioChannels
    var samples = [Float](repeating: 0, count: count * perLatent)
    for start in starts {
      let part = decode(Array(latents[start * width..<(start + chunk) * width]), pool: pool)
      let head = start == 0 ? 0 : overlap / 2
      let tail = start + chunk == count ? chunk : chunk - overlap / 2
      samples.replaceSubrange(
        (start + head) * perLatent..<(start + tail) * perLatent,
        with: part[head * perLatent..<tail * perLatent])
    }
    return samples
  }
}
