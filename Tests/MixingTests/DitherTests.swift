import Foundation
import Mixing
import Testing

@Suite struct DitherTests {
  private func quantise(_ samples: [Float], bits: Int, seed: UInt64 = 1) -> [Int32] {
    var dither = Dither(bits: bits, seed: seed)
    return samples.withUnsafeBufferPointer { dither.quantise($0) }
  }

  @Test func theErrorIsTriangularNoise() {
    let value: Float = 0.25 + 0.3 / 32768
    let steps = quantise([Float](repeating: value, count: 200_000), bits: 16).map {
      Double($0 >> 16) - Double(value) * 32768
    }
    let mean = steps.reduce(0, +) / Double(steps.count)
    let variance = steps.reduce(0) { $0 + $1 * $1 } / Double(steps.count)
    // Triangular noise has 1/6, rounding 1/12.
    #expect(abs(mean) < 0.01)
    #expect(abs(variance - 0.25) < 0.01)
    #expect(steps.allSatisfy { abs($0) <= 1.5 })
  }

  @Test func neitherBitsBelowNorOverflow() {
    for bits in [16, 24] {
      let samples: [Float] = [-2, -1, -0.9999, 0, 0.5, 0.99999, 1, 2]
      let result = quantise(samples, bits: bits)
      #expect(result.allSatisfy { $0 & ((1 << (32 - bits)) - 1) == 0 })
      #expect(result.first == Int32.min && result.last == (Int32.max >> (32 - bits)) << (32 - bits))
    }
  }

  @Test func theSeedAndThePlaceDecide() {
    let samples = sine(440, decibels: -20, seconds: 0.1)
    let whole = quantise(samples, bits: 16)
    #expect(quantise(samples, bits: 16) == whole)
    #expect(quantise(samples, bits: 16, seed: 2) != whole)
    var dither = Dither(bits: 16, seed: 1)
    var pieces: [Int32] = []
    for start in stride(from: 0, to: samples.count, by: 77) {
      let part = Array(samples[start..<min(start + 77, samples.count)])
      pieces += part.withUnsafeBufferPointer { dither.quantise($0) }
    }
    #expect(pieces == whole)
  }
}
