import Glibc
import LeLM
import Neural
import Testing

struct SamplerTests {
  /// Rows [2, C + 1] whose guided logits are `values` at guidance 1.
  private func rows(_ values: [Float]) -> FloatBuffer {
    FloatBuffer(values + [Float](repeating: 0, count: values.count))
  }

  private func sampler(
    _ options: SamplingOptions, banned: Set<Int32> = [], uniforms: [Double] = []
  ) -> Sampler {
    Sampler(options: options, banned: banned, uniforms: .given(uniforms))
  }

  @Test func guidanceMovesAwayFromNull() {
    let both = FloatBuffer([3, 1, 0, 1, 1, 4] as [Float])
    let logits = sampler(SamplingOptions(guidance: 1.5, penalty: false))
      .adjusted(both, codebook: 1, history: [])
    #expect(logits.values == [4, 1, -2])
  }

  @Test func penaltyIsByPresenceRaisesNegativesAndSparesTheEnd() {
    let options = SamplingOptions(guidance: 1, penalty: true, penaltyWindow: 3)
    let logits = sampler(options)
      .adjusted(rows([2.2, -2.2, 1, 5]), codebook: 1, history: [2, 0, 0, 1, 3, 4])
    // The window holds 1, 3 and 4: token 3 is the end, 4 is special.
    #expect(logits.values == [2.2, Float(-2.2) / 1.1, 1, 5])
  }

  @Test func bannedTokensAreForCodebook0Only() {
    let options = SamplingOptions(guidance: 1, penalty: false)
    let sampler = sampler(options, banned: [0, 3, 4])
    #expect(sampler.adjusted(rows([9, 1, 2, 3]), codebook: 0, history: []).argmax == 3)
    #expect(sampler.adjusted(rows([9, 1, 2, 3]), codebook: 1, history: []).argmax == 0)
  }

  @Test func topKKeepsTies() {
    var distribution = TokenDistribution(
      Logits(rows([1, 2, 2, 0]), guidance: 1), temperature: 1)
    distribution.keepTop(1)
    #expect(distribution.entries.map(\.token) == [1, 2])
    #expect(distribution.entries.map(\.probability) == [0.5, 0.5])
    #expect(distribution.draw(0) == 1)
    #expect(distribution.draw(0.499) == 1)
    #expect(distribution.draw(0.5) == 2)
    #expect(distribution.draw(0.999999) == 2)
  }

  @Test func nucleusKeepsTheEntryThatCrossesIt() {
    // Probabilities 0.5, 0.3, 0.2 in scrambled order.
    let values = [Float(0.3), 0.5, 0.2].map { Float(log(Double($0))) }
    var distribution = TokenDistribution(Logits(rows(values), guidance: 1), temperature: 1)
    distribution.keepNucleus(0.6)
    #expect(distribution.entries.map(\.token) == [1, 0])
    distribution.keepNucleus(0.1)
    #expect(distribution.entries.map(\.token) == [1])
  }

  @Test func dualTracksAreGreedyUnderTopK() {
    let options = SamplingOptions(temperature: 1, topK: 3, guidance: 1, penalty: false)
    let sampler = sampler(options, uniforms: [0.999])
    let logits = sampler.adjusted(rows([1, 3, 2]), codebook: 1, history: [])
    #expect(sampler.choose(logits, codebook: 1, column: 1) == 1)
    #expect(sampler.choose(logits, codebook: 0, column: 1) == 2)
  }

  @Test func drawsFollowTheProbabilities() {
    let options = SamplingOptions(temperature: 1, topK: 0, guidance: 1, penalty: false)
    let sampler = Sampler(options: options, banned: [], uniforms: .seed(3))
    let logits = sampler.adjusted(rows([0, Float(log(3.0))]), codebook: 0, history: [])
    let ones = (1...4000).count { sampler.choose(logits, codebook: 0, column: $0) == 1 }
    #expect(abs(Double(ones) / 4000 - 0.75) < 0.03)
  }

  @Test func temperatureZeroIsGreedy() {
    let sampler = sampler(SamplingOptions(temperature: 0), uniforms: [0.99])
    let logits = sampler.adjusted(rows([1, 5, 2]), codebook: 0, history: [])
    #expect(sampler.choose(logits, codebook: 0, column: 1) == 1)
  }
}
