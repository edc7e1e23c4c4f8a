import Fourier
import Glibc
import Testing

@Suite struct SpectrumTests {
  @Test func aSineOfAmplitudeOneHasPowerOne() throws {
    let spectrum = try #require(Spectrum(size: 256))
    let samples = (0..<256).map { Float(sin(2 * Double.pi * 20 * Double($0) / 256)) }
    var powers = [Float](repeating: 0, count: 129)
    spectrum.add(samples, weight: 1, to: &powers)
    #expect(abs(powers[20] - 1) < 1e-4)
    #expect(abs(powers[21] - 0.25) < 1e-4)
    #expect(powers[30] < 1e-8)
    spectrum.add(samples, weight: 0.5, to: &powers)
    #expect(abs(powers[20] - 1.5) < 1e-4)
  }

  @Test func itIsTheTransformByDefinition() throws {
    let size = 64
    let spectrum = try #require(Spectrum(size: size))
    let samples = (0..<size).map { Float(($0 * 7919 + 31) % 97) / 97 - 0.5 }
    var powers = [Float](repeating: 0, count: size / 2 + 1)
    spectrum.add(samples, weight: 1, to: &powers)
    for bin in 0...size / 2 {
      var (real, imaginary) = (0.0, 0.0)
      for (index, sample) in samples.enumerated() {
        let turn = 2 * Double.pi * Double(index) / Double(size)
        let value = Double(sample) * (0.5 - 0.5 * cos(turn))
        real += value * cos(turn * Double(bin))
        imaginary -= value * sin(turn * Double(bin))
      }
      let power = (real * real + imaginary * imaginary) * 16 / Double(size * size)
      #expect(abs(Double(powers[bin]) - power) < 1e-5)
    }
  }
}
