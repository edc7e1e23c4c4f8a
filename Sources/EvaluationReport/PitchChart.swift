import Glibc
import SongEvaluation

/// The pitch of a song over time, with its words and where it changes, as SVG: a strip for each 20 s,
/// like lines of text.
struct PitchChart {
  private static let strip = 20.0
  private static let mostStrips = 60
  private static let left = 44.0
  private static let width = 1200.0
  private static let height = 96.0
  private static let wordLines = 3
  private static let wordHeight = 13.0

  private let figures: SongFigures
  private let words: WordTimes?
  /// Semitones, as MIDI counts, from the bottom to the top.
  private let bottom: Double
  private let top: Double

  init(_ figures: SongFigures, words: WordTimes?) {
    self.figures = figures
    self.words = words
    let low = figures.pitch.map { 69 + 12 * log2($0.low / 440) } ?? 48
    let high = figures.pitch.map { 69 + 12 * log2($0.high / 440) } ?? 72
    bottom = (low - 3).rounded(.down)
    top = max((high + 3).rounded(.up), bottom + 12)
  }

  /// The picture in its figure; nothing for a song without pitch.
  func svg() -> String {
    guard figures.pitch != nil, figures.seconds > 0 else { return "" }
    let count = min(Self.mostStrips, Int((figures.seconds / Self.strip).rounded(.up)))
    let stripHeight = Self.height + Double(Self.wordLines) * Self.wordHeight + 26
    let size = (Self.left + Self.width + 12, Double(count) * stripHeight)
    var text = "<figure><svg class=\"pitch\" viewBox=\"0 0 \(number(size.0, 0)) "
    text += "\(number(size.1, 0))\" role=\"img\" aria-label=\"pitch over time\">\n"
    for index in 0..<count {
      text += "<g transform=\"translate(\(number(Self.left, 0)) "
      text += "\(number(Double(index) * stripHeight + 8, 0)))\">\n"
      text += strip(from: Double(index) * Self.strip)
      text += "</g>\n"
    }
    return text + "</svg><figcaption>\(html(caption(count)))</figcaption></figure>\n"
  }

  private func caption(_ strips: Int) -> String {
    var parts = [figures.hasVocal ? "Pitch of the vocal." : "Pitch of the song."]
    parts.append("Shades change where the sound does.")
    if !figures.knownBorders.isEmpty { parts.append("Dashed: borders that are known.") }
    if let words {
      parts.append(
        words.areKnown
          ? "Words stand where they are sung."
          : "Words are spread evenly over the voiced moments: their times are not known.")
    }
    if Double(strips) * Self.strip < figures.seconds {
      parts.append("Only the first \(clock(Double(strips) * Self.strip)) are shown.")
    }
    return parts.joined(separator: " ")
  }

  private func strip(from start: Double) -> String {
    let end = min(start + Self.strip, figures.seconds)
    func x(_ second: Double) -> Double { (second - start) / Self.strip * Self.width }
    func y(_ semitone: Double) -> Double {
      Self.height * (1 - (min(max(semitone, bottom), top) - bottom) / (top - bottom))
    }
    var text = ""
    let edges = [0] + figures.borders + [figures.seconds]
    for index in 0..<edges.count - 1 where edges[index] < end && edges[index + 1] > start {
      let (from, to) = (max(start, edges[index]), min(end, edges[index + 1]))
      text += "<rect class=\"part\(index % 2)\" x=\"\(number(x(from), 1))\" y=\"0\" "
      text += "width=\"\(number(x(to) - x(from), 1))\" height=\"\(number(Self.height, 0))\"/>\n"
    }
    for octave in 0...10 where bottom...top ~= Double(12 * octave + 12) {
      let line = number(y(Double(12 * octave + 12)), 1)
      text += "<path class=\"grid\" d=\"M0 \(line)H\(number(x(end), 1))\"/>"
      text += "<text class=\"note\" x=\"-6\" y=\"\(line)\">C\(octave)</text>\n"
    }
    for border in figures.knownBorders where (start..<end).contains(border) {
      let place = number(x(border), 1)
      text += "<path class=\"known\" d=\"M\(place) 0V\(number(Self.height, 0))\"/>\n"
    }
    text += "<path class=\"line\" d=\"\(line(from: start, to: end, x, y))\"/>\n"
    for second in stride(from: start, through: end, by: 5) {
      let place = number(x(second), 1)
      text += "<path class=\"tick\" d=\"M\(place) \(number(Self.height, 0))v4\"/>"
      text += "<text class=\"time\" x=\"\(place)\" y=\"\(number(Self.height + 15, 0))\">"
      text += "\(clock(second))</text>\n"
    }
    for (index, word) in (words?.words ?? []).enumerated() where (start..<end).contains(word.start)
    {
      let line = Self.height + 28 + Double(index % Self.wordLines) * Self.wordHeight
      text += "<text class=\"word\" x=\"\(number(x(word.start), 1))\" y=\"\(number(line, 0))\">"
      text += "\(html(word.text, limit: 24))</text>\n"
    }
    return text
  }

  /// A line for each stretch of moments that have a pitch without a jump.
  private func line(
    from start: Double, to end: Double, _ x: (Double) -> Double, _ y: (Double) -> Double
  ) -> String {
    let period = figures.pitchPeriod
    let first = max(0, Int(start / period))
    let last = min(figures.pitchTrack.count, Int((end / period).rounded(.up)))
    guard first < last else { return "" }
    var text = ""
    var before: Double?
    for index in first..<last {
      let frequency = Double(figures.pitchTrack[index])
      guard frequency > 0 else {
        before = nil
        continue
      }
      let semitone = 69 + 12 * log2(frequency / 440)
      let isOn = before.map { abs($0 - semitone) < 3 } ?? false
      text += isOn ? "L" : "M"
      text += "\(number(x(Double(index) * period), 1)) \(number(y(semitone), 1))"
      // A moment that stands alone shows as a dot.
      if !isOn { text += "h.5" }
      before = semitone
    }
    return text
  }
}
