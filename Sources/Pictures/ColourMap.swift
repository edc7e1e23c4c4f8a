/// A scale of colours whose lightness grows evenly, so that more looks like more.
package struct ColourMap: Sendable {
  private let colours: [Colour]

  /// - Parameters:
  ///   - lightness: From the first to the last colour.
  ///   - hue: In turns, from the first to the last colour; more than 1 goes round.
  ///   - chroma: The strongest, in the middle of the scale.
  init(
    lightness: ClosedRange<Double>, hue: (from: Double, to: Double), chroma: Double,
    steps: Int = 1024
  ) {
    colours = (0..<steps).map { step in
      let place = Double(step) / Double(max(1, steps - 1))
      let edge = 2 * place - 1
      return Colour(
        lightness: lightness.lowerBound
          + (lightness.upperBound - lightness.lowerBound) * place,
        chroma: chroma * (1 - 0.55 * edge * edge),
        hue: hue.from + (hue.to - hue.from) * place)
    }
  }

  /// The colour at `place`, which is clamped to 0...1.
  package subscript(place: Double) -> Colour {
    let index = Int((min(max(place, 0), 1) * Double(colours.count - 1)).rounded())
    return colours[index]
  }

  /// For token ids: the hue goes round twice, so that ids that are not close look different.
  package static let tokens = ColourMap(lightness: 0.30...0.93, hue: (0.80, 2.55), chroma: 0.15)

  /// For power: from nearly black over violet and orange to pale yellow.
  package static let power = ColourMap(lightness: 0.10...0.97, hue: (0.76, 1.28), chroma: 0.19)
}
