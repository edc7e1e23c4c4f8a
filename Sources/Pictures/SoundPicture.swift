import Glibc

/// The level and the spectrogram of each of some sounds, one panel below the other.
public struct SoundPicture {
  /// Most panels of a picture.
  public static let mostPanels = 8

  public var title: String
  /// More about the sounds; broken into lines.
  public var caption: String
  /// The names of the sounds and their sketches, which are finished.
  public var panels: [(name: String, sketch: SoundSketch)]

  public init(title: String, caption: String, panels: [(name: String, sketch: SoundSketch)]) {
    self.title = title
    self.caption = caption
    self.panels = panels
  }

  private static let left = 96
  private static let plotWidth = 1240
  private static let right = 124
  private static let levelHeight = 96
  private static let gap = 8
  private static let spectrumHeight = SoundSketch.rows
  private static let panelHeight =
    Canvas.lineHeight + levelHeight + gap + spectrumHeight + TimeAxis.height + 22

  /// Decibels at the bottom of the level and of the scale of colours; 0 is full scale.
  private static let levelFloor = -60.0
  private static let powerFloor = -100.0
  private static let powerCeiling = -10.0

  /// Draws the picture.
  public func draw() throws(PictureFailure) -> Canvas {
    guard panels.contains(where: { $0.sketch.frames > 0 }) else { throw .empty }
    guard panels.count <= Self.mostPanels else {
      throw .tooMany(rows: panels.count, limit: Self.mostPanels)
    }
    let width = Self.left + Self.plotWidth + Self.right
    let heading = Heading(title: title, caption: caption, width: width)
    var canvas = Canvas(width: width, height: heading.height + panels.count * Self.panelHeight)
    heading.draw(on: &canvas)
    for (index, panel) in panels.enumerated() {
      let y = heading.height + index * Self.panelHeight
      drawName(panel.name, panel.sketch, y: y, on: &canvas)
      guard panel.sketch.frames > 0 else { continue }
      let top = y + Canvas.lineHeight
      drawLevel(panel.sketch, y: top, on: &canvas)
      let spectrumTop = top + Self.levelHeight + Self.gap
      drawSpectrum(panel.sketch, y: spectrumTop, on: &canvas)
      drawScale(y: spectrumTop, on: &canvas)
      let axis = TimeAxis(from: 0, to: panel.sketch.seconds, width: Self.plotWidth)
      axis.draw(on: &canvas, x: Self.left, y: spectrumTop + Self.spectrumHeight + 1)
    }
    return canvas
  }

  private func drawName(
    _ name: String, _ sketch: SoundSketch, y: Int, on canvas: inout Canvas
  ) {
    canvas.write(name, x: Self.left, y: y - 2)
    let text =
      sketch.frames == 0
      ? "no frames"
      : "peak \(decibels(Double(sketch.peak)))  rms \(decibels(sketch.rms))"
    canvas.write(text, x: Self.left + Self.plotWidth, y: y - 2, .right, .faint)
  }

  private func decibels(_ amplitude: Double) -> String {
    guard amplitude > 1e-6 else { return "below -120 dB" }
    let tenths = Int((200 * log10(amplitude)).rounded())
    return (tenths < 0 ? "-" : "") + "\(abs(tenths) / 10).\(abs(tenths) % 10) dB"
  }

  private func drawLevel(_ sketch: SoundSketch, y: Int, on canvas: inout Canvas) {
    let height = Self.levelHeight
    func length(_ level: Double) -> Int {
      let share = (level - Self.levelFloor) / -Self.levelFloor
      return Int((min(max(share, 0), 1) * Double(height)).rounded())
    }
    for level in [0, -20, -40] {
      let place = y + height - length(Double(level))
      canvas.write("\(level)", x: Self.left - 12, y: place - (level == 0 ? 2 : 7), .right, .faint)
      if level < 0 {
        canvas.fill(x: Self.left, y: place, width: Self.plotWidth, height: 1, .grid)
      }
    }
    canvas.write("dB", x: Self.left + Self.plotWidth + 14, y: y, .left, .faint)
    canvas.write("peak", x: Self.left + Self.plotWidth + 14, y: y + 28, .left, Self.peakInk)
    canvas.write("rms", x: Self.left + Self.plotWidth + 14, y: y + 52, .left, Self.rmsColour)
    let peaks = sketch.peaks.spread(over: Self.plotWidth)
    let squares = sketch.levels.spread(over: Self.plotWidth)
    for x in 0..<min(peaks.count, squares.count) {
      let peak = length(20 * log10(max(1e-9, Double(peaks[x]))))
      let rms = length(10 * log10(max(1e-18, Double(squares[x]))))
      canvas.fill(x: Self.left + x, y: y + height - peak, width: 1, height: peak, Self.peakColour)
      canvas.fill(x: Self.left + x, y: y + height - rms, width: 1, height: rms, Self.rmsColour)
    }
    canvas.frame(x: Self.left, y: y, width: Self.plotWidth, height: height, .faint)
  }

  private static let peakColour = Colour(lightness: 0.82, chroma: 0.09, hue: 0.78)
  private static let peakInk = Colour(lightness: 0.68, chroma: 0.13, hue: 0.78)
  private static let rmsColour = Colour(lightness: 0.47, chroma: 0.16, hue: 0.78)

  private func drawSpectrum(_ sketch: SoundSketch, y: Int, on canvas: inout Canvas) {
    let height = Self.spectrumHeight
    let powers = sketch.powers.spread(over: Self.plotWidth)
    for x in 0..<powers.count / SoundSketch.rows {
      for row in 0..<SoundSketch.rows {
        let power = Double(powers[x * SoundSketch.rows + row])
        let level = 10 * log10(max(1e-18, power))
        let place = (level - Self.powerFloor) / (Self.powerCeiling - Self.powerFloor)
        canvas.set(Self.left + x, y + height - 1 - row, ColourMap.power[place])
      }
    }
    canvas.frame(x: Self.left, y: y, width: Self.plotWidth, height: height, .faint)
    let octaves = log2(sketch.highest / SoundSketch.lowest)
    for (frequency, label) in Self.frequencies where frequency <= sketch.highest {
      let share = log2(frequency / SoundSketch.lowest) / octaves
      let place = y + height - Int((share * Double(height)).rounded())
      canvas.fill(x: Self.left - 7, y: min(place, y + height - 1), width: 6, height: 1, .ink)
      canvas.write(label, x: Self.left - 12, y: max(y - 2, place - 7), .right, .faint)
    }
    canvas.write("Hz", x: Self.left - 12, y: y - 24, .right, .faint)
  }

  private static let frequencies: [(Double, String)] = [
    (50, "50"), (100, "100"), (200, "200"), (500, "500"), (1000, "1k"), (2000, "2k"),
    (5000, "5k"), (10_000, "10k"), (20_000, "20k"),
  ]

  /// The scale of colours beside a spectrogram.
  private func drawScale(y: Int, on canvas: inout Canvas) {
    let left = Self.left + Self.plotWidth + 14
    let height = Self.spectrumHeight
    for row in 0..<height {
      let colour = ColourMap.power[1 - Double(row) / Double(height - 1)]
      canvas.fill(x: left, y: y + row, width: 18, height: 1, colour)
    }
    canvas.frame(x: left, y: y, width: 18, height: height, .faint)
    for level in stride(from: -20, through: -100, by: -20) {
      let share = (Self.powerCeiling - Double(level)) / (Self.powerCeiling - Self.powerFloor)
      let place = y + Int((share * Double(height - 1)).rounded())
      canvas.fill(x: left + 19, y: place, width: 4, height: 1, .ink)
      canvas.write("\(level)", x: left + 28, y: min(place - 7, y + height - 14), .left, .faint)
    }
    canvas.write("dB", x: left + 28, y: y - 2, .left, .faint)
  }
}
