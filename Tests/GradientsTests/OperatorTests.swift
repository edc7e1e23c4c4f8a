import Gradients
import Testing

/// Each operator's gradients against finite differences.
@Suite struct OperatorTests {
  private func expectAgreement(
    _ result: (error: Float, largest: Float), within share: Float = 5e-3,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(result.largest > 0.05, sourceLocation: sourceLocation)
    #expect(result.error < share * max(1, result.largest), sourceLocation: sourceLocation)
  }

  @Test func linear() {
    expectAgreement(
      largestError(inputs: [(5, 3)], tables: [[4, 3], [4]]) { tape, x, w in
        tape.linear(x[0], w[0], bias: w[1])
      })
    expectAgreement(
      largestError(inputs: [(5, 3)], tables: [[3, 4], [4]]) { tape, x, w in
        tape.linear(x[0], w[0], bias: w[1], transposed: true)
      })
  }

  @Test func tableRows() {
    expectAgreement(
      largestError(inputs: [], tables: [[6, 3], [2, 3]]) { tape, _, w in
        var (a, b) = (TableRows(w[0]), TableRows(w[1]))
        for (source, target) in [(5, 0), (1, 1), (5, 2), (0, 2)] { a.append(source, to: target) }
        b.append(1, to: 2)
        return tape.sum([a, b], rows: 4, columns: 3)
      })
  }

  @Test func elementwise() {
    expectAgreement(
      largestError(inputs: [(3, 7), (3, 7)]) { tape, x, _ in tape.add(x[0], x[1]) })
    expectAgreement(largestError(inputs: [(4, 37)]) { tape, x, _ in tape.gelu(x[0]) })
    expectAgreement(
      largestError(inputs: [(4, 37), (4, 37)]) { tape, x, _ in
        tape.siluProduct(gate: x[0], up: x[1])
      })
    expectAgreement(largestError(inputs: [(4, 5)]) { tape, x, _ in tape.add(x[0], x[0]) })
  }

  @Test func rmsNorm() {
    expectAgreement(
      largestError(inputs: [(3, 21)], tables: [[21]]) { tape, x, w in tape.rmsNorm(x[0], w[0]) })
  }

  @Test func columnsAndRows() {
    expectAgreement(
      largestError(inputs: [(3, 2), (3, 4)]) { tape, x, _ in tape.beside(x[0], x[1]) })
    expectAgreement(
      largestError(inputs: [(4, 3)]) { tape, x, _ in tape.rows([2, 0, 2], of: x[0]) })
  }

  @Test func rotation() {
    let angles = RotaryAngles(width: 6, theta: 100, positions: 50)
    expectAgreement(
      largestError(inputs: [(4, 12)]) { tape, x, _ in
        tape.rotated(x[0], angles, positions: [0, 7, 3, 49])
      })
  }

  @Test(arguments: [true, false]) func attention(causal: Bool) {
    expectAgreement(
      largestError(inputs: [(9, 8), (9, 8), (9, 8)]) { tape, x, _ in
        tape.attention(
          query: x[0], key: x[1], value: x[2], heads: 2, sequences: [0..<4, 4..<9], causal: causal)
      })
  }

  /// Longer than a block of queries.
  @Test(arguments: [true, false]) func longAttention(causal: Bool) {
    expectAgreement(
      largestError(inputs: [(70, 2), (70, 2), (70, 2)]) { tape, x, _ in
        tape.attention(
          query: x[0], key: x[1], value: x[2], heads: 1, sequences: [0..<70], causal: causal)
      })
  }

  @Test func attentionHint() {
    expectAgreement(
      largestError(inputs: [(8, 8), (8, 8)]) { tape, x, _ in
        tape.attentionHint(
          query: x[0], key: x[1], heads: 2, sequences: [0..<3, 3..<8],
          targets: [(head: 1, rows: [0, 1, 0, -1, 3, 5, -1, 4])])
      })
  }

  @Test func crossEntropy() {
    expectAgreement(
      largestError(inputs: [(4, 19)]) { tape, x, _ in
        tape.crossEntropy(x[0], classes: [3, 18, 0, 3])
      })
  }

  /// A sequence does not see its neighbour, and a causal row not what comes after it.
  @Test func sequencesAreApart() {
    func outputs(_ changed: Int?) -> [Float] {
      var q = (0..<6).map { Float($0 % 4) * 0.3 }
      if let changed { q[changed] += 1 }
      let tape = Tape(nil)
      let x = tape.input(q, rows: 6, columns: 1)
      return Array(
        tape.values(
          of: tape.attention(
            query: x, key: x, value: x, heads: 1, sequences: [0..<3, 3..<6], causal: true)))
    }
    let base = outputs(nil)
    #expect(zip(base, outputs(4)).map { $0 == $1 } == [true, true, true, true, false, false])
  }
}
