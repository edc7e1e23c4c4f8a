package import Neural

/// Chooses the token of each codebook in each column.
package struct Sampler {
  private let options: SamplingOptions
  private let banned: Set<Int32>
  private let uniforms: UniformSource

  /// - Parameter banned: tokens that codebook 0 never takes (the prompt's mixed tokens).
  package init(options: SamplingOptions, banned: Set<Int32>, uniforms: UniformSource) {
    self.options = options
    self.banned = banned
    self.uniforms = uniforms
  }

  /// The same choices with other random numbers.
  func drawing(_ uniforms: UniformSource) -> Sampler {
    Sampler(options: options, banned: banned, uniforms: uniforms)
  }

  /// The logits of `codebook` after guidance, penalty and ban.
  ///
  /// - Parameters:
  ///   - rows: [2, C + 1], conditional and null.
  ///   - history: what was written to this codebook's columns 1... so far.
  package func adjusted(_ rows: FloatBuffer, codebook: Int, history: [Int32]) -> Logits {
    var logits = Logits(rows, guidance: options.guidance)
    if options.penalty { logits.penalise(window: history.suffix(max(options.penaltyWindow, 0))) }
    if codebook == 0 { logits.ban(banned) }
    return logits
  }

  /// The token that `codebook` takes in `column`.
  package func choose(_ logits: Logits, codebook: Int, column: Int) -> Int32 {
    if options.greedy || options.temperature <= 0 { return logits.argmax }
    if options.topP > 0 {
      var distribution = TokenDistribution(logits, temperature: options.temperature)
      distribution.keepNucleus(options.topP)
      return distribution.draw(uniforms.value(codebook: codebook, column: column))
    }
    if options.topK > 0 {
      // The reference gives top_k to codebook 0 alone and k = 1 to the others.
      if codebook != 0 || options.topK == 1 { return logits.argmax }
      var distribution = TokenDistribution(logits, temperature: options.temperature)
      distribution.keepTop(options.topK)
      return distribution.draw(uniforms.value(codebook: codebook, column: column))
    }
    let distribution = TokenDistribution(logits, temperature: options.temperature)
    return distribution.draw(uniforms.value(codebook: codebook, column: column))
  }
}
