import Glibc
import Pictures
import Testing

@Suite struct ColourMapTests {
  /// Relative luminance, as WCAG defines it.
  private func luminance(_ colour: Colour) -> Double {
    func linear(_ value: UInt8) -> Double {
      let share = Double(value) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green)
      + 0.0722 * linear(colour.blue)
  }

  @Test(arguments: [ColourMap.power, .tokens])
  func moreIsLighter(map: ColourMap) {
    let steps = (0...20).map { luminance(map[Double($0) / 20]) }
    for (darker, lighter) in zip(steps, steps.dropFirst()) { #expect(lighter > darker) }
    #expect(luminance(map[0]) < 0.05)
    #expect(luminance(map[1]) > 0.75)
  }

  @Test func placesOutsideAreClamped() {
    #expect(ColourMap.power[-3] == ColourMap.power[0])
    #expect(ColourMap.power[7] == ColourMap.power[1])
    #expect(ColourMap.power[.infinity] == ColourMap.power[1])
  }

  @Test func tokensThatAreNotCloseLookDifferent() {
    let colours = (0..<32).map { ColourMap.tokens[Double($0) / 31] }
    for (index, one) in colours.enumerated() {
      for other in colours[(index + 1)...] {
        let distance =
          abs(Int(one.red) - Int(other.red)) + abs(Int(one.green) - Int(other.green))
          + abs(Int(one.blue) - Int(other.blue))
        #expect(distance >= 12)
      }
    }
  }
}
