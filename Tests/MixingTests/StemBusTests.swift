import Mixing
import Testing

@Suite struct StemBusTests {
  /// Plays `stems` through a bus in pieces of the given sizes.
  private func mix(
    _ stems: [(channels: Int, settings: StemSettings, samples: [Float])], pieces: [Int] = [1000]
  ) throws -> [Float] {
    var bus = try StemBus(
      stems.enumerated().map { ("stem\($0)", $1.channels, $1.settings) })
    var positions = stems.map { _ in 0 }
    var (result, round): ([Float], Int) = ([], 0)
    while positions.indices.contains(where: { positions[$0] < stems[$0].samples.count }) {
      let index = round % stems.count
      let stem = stems[index]
      let size = pieces[round % pieces.count] * stem.channels
      let end = min(positions[index] + size, stem.samples.count)
      result += bus.append(Array(stem.samples[positions[index]..<end]), to: index)
      positions[index] = end
      round += 1
    }
    return result + bus.finish()
  }

  @Test func addsStems() throws {
    let one: [Float] = [0.1, 0.2, 0.3, 0.4]
    let two: [Float] = [0.5, 0.25, -0.3, 0]
    let result = try mix([(2, StemSettings(), one), (2, StemSettings(), two)])
    #expect(zip(result, zip(one, two).map { $0 + $1 }).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(result.count == 4)
  }

  @Test func aMonoStemIsInTheMiddleAndAShortOneEnds() throws {
    let result = try mix([
      (1, StemSettings(), [0.5]), (2, StemSettings(gain: -.infinity), [1, 1, 1, 1]),
    ])
    #expect(result.count == 4)
    #expect(abs(result[0] - 0.5) < 1e-6 && result[0] == result[1])
    #expect(result[2] == 0 && result[3] == 0)
  }

  @Test func piecesOfAnySizeGiveTheSame() throws {
    let one = bursts(seconds: 0.1)
    let two = sine(300, decibels: -3, seconds: 0.07)
    let stems = [(2, StemSettings(gain: -3), one), (2, StemSettings(pan: 0.3), two)]
    let whole = try mix(stems, pieces: [100_000])
    #expect(whole.count == one.count)
    #expect(try mix(stems, pieces: [1, 700, 13]) == whole)
  }

  @Test(arguments: [(-1.0, 2.0.squareRoot(), 0.0), (0, 1, 1), (1, 0, 2.0.squareRoot())])
  func panKeepsThePower(pan: Double, left: Double, right: Double) throws {
    let result = try mix([(1, StemSettings(pan: pan), [1])])
    #expect(abs(Double(result[0]) - left) < 1e-6)
    #expect(abs(Double(result[1]) - right) < 1e-6)
  }

  @Test(arguments: Array(stride(from: -1.0, through: 1, by: 0.25)))
  func powerIsTheSameEverywhere(pan: Double) throws {
    let result = try mix([(1, StemSettings(pan: pan), [1])])
    #expect(abs(result[0] * result[0] + result[1] * result[1] - 2) < 1e-5)
  }

  @Test(
    arguments: [(0.0, [0.5, 0.5]), (1, [0.8, 0.2]), (2, [1.1, -0.1])] as [(Double, [Float])])
  func widthScalesTheSides(width: Double, expected: [Float]) throws {
    let result = try mix([(2, StemSettings(width: width), [0.8, 0.2])])
    #expect(zip(result, expected).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test func gainIsInDecibels() throws {
    let result = try mix([(1, StemSettings(gain: -6.0206), [1])])
    #expect(abs(result[0] - 0.5) < 1e-5)
  }

  @Test func otherChannelsAreRefused() {
    for channels in [0, 3, 64] {
      let failure = #expect(throws: MixingFailure.self) {
        try StemBus([("vocal", channels, StemSettings())])
      }
      #expect(failure?.description.contains("'vocal'") == true)
    }
    #expect(throws: MixingFailure.self) { try StemBus([]) }
  }
}
