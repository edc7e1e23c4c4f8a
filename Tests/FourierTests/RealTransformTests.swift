import Fourier
import Glibc
import Testing

@Suite struct RealTransformTests {
  private func spectrum(_ samples: [Float]) throws -> [Float] {
    let transform = try #require(RealTransform(size: samples.count, .forward))
    var spectrum = [Float](repeating: .nan, count: transform.spectrumCount)
    transform.run(samples: samples, spectrum: &spectrum)
    return spectrum
  }

  /// Numbers between -0.5 and 0.5 without a pattern.
  private func noise(_ count: Int) -> [Float] {
    (0..<count).map { Float(($0 * $0 * 7919 + 31 * $0) % 97) / 97 - 0.5 }
  }

  /// The bins of an impulse at n turn by n steps from one to the next.
  @Test(arguments: [0, 1, 5]) func anImpulseHasAllFrequencies(place: Int) throws {
    var samples = [Float](repeating: 0, count: 16)
    samples[place] = 1
    let bins = try spectrum(samples)
    #expect(bins.count == 18)
    for bin in 0...8 {
      let turn = -2 * Double.pi * Double(bin * place) / 16
      #expect(abs(Double(bins[2 * bin]) - cos(turn)) < 1e-6)
      #expect(abs(Double(bins[2 * bin + 1]) - sin(turn)) < 1e-6)
    }
  }

  @Test(arguments: [2, 30, 256, 4096]) func aSineIsOneBin(size: Int) throws {
    let place = size / 4 + (size == 2 ? 1 : 0)
    let samples = (0..<size).map {
      Float(cos(2 * Double.pi * Double(place * $0) / Double(size) - 0.5))
    }
    let bins = try spectrum(samples)
    for bin in 0...size / 2 {
      // The Nyquist frequency has no other half.
      let half = place == size / 2 ? cos(0.5) * Double(size) : Double(size) / 2
      let phase = place == size / 2 ? (1.0, 0.0) : (cos(0.5), -sin(0.5))
      let expected = bin == place ? (half * phase.0, half * phase.1) : (0, 0)
      #expect(abs(Double(bins[2 * bin]) - expected.0) < 2e-6 * Double(size), "\(bin)")
      #expect(abs(Double(bins[2 * bin + 1]) - expected.1) < 2e-6 * Double(size), "\(bin)")
    }
  }

  /// The energy of the samples is that of all bins, of which only one half is stored.
  @Test(arguments: [8, 60, 2048]) func energyIsKept(size: Int) throws {
    let samples = noise(size)
    let bins = try spectrum(samples)
    var sum = 0.0
    for bin in 0...size / 2 {
      let (real, imaginary) = (Double(bins[2 * bin]), Double(bins[2 * bin + 1]))
      let weight = bin == 0 || bin == size / 2 ? 1.0 : 2.0
      sum += weight * (real * real + imaginary * imaginary)
    }
    let energy = samples.reduce(0.0) { $0 + Double($1) * Double($1) }
    #expect(abs(sum / Double(size) / energy - 1) < 1e-6)
  }

  @Test(arguments: [2, 30, 2048, 4096]) func theInverseGivesTheSamplesBack(size: Int) throws {
    let samples = noise(size)
    let bins = try spectrum(samples)
    let inverse = try #require(RealTransform(size: size, .inverse))
    var result = [Float](repeating: .nan, count: size)
    inverse.run(spectrum: bins, samples: &result)
    for (ours, sample) in zip(result, samples) {
      #expect(abs(ours / Float(size) - sample) < 1e-6)
    }
  }

  @Test func aPlanServesManyTransforms() throws {
    let transform = try #require(RealTransform(size: 64, .forward))
    var bins = [Float](repeating: 0, count: transform.spectrumCount)
    transform.run(samples: noise(64), spectrum: &bins)
    let first = bins
    transform.run(samples: [Float](repeating: 1, count: 64), spectrum: &bins)
    #expect(bins != first)
    transform.run(samples: noise(64), spectrum: &bins)
    #expect(bins == first)
  }

  @Test(arguments: [Int.min, -2, 0, 1, 3, 4095, Int.max - 1])
  func aSizeThatIsNotEvenIsRefused(size: Int) {
    #expect(RealTransform(size: size, .forward) == nil)
    #expect(RealTransform(size: size, .inverse) == nil)
  }
}
