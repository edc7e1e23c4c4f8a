/// An SVG document in the making (SVG 1.1, <https://www.w3.org/TR/SVG11/>): lines and words.
struct SVGText {
  private var body: [String]

  init(width: Int, height: Int) {
    body = [
      #"<?xml version="1.0" encoding="UTF-8"?>"#,
      #"<svg xmlns="http://www.w3.org/2000/svg" width="\#(width)" height="\#(height)" "#
        + #"viewBox="0 0 \#(width) \#(height)" font-family="sans-serif">"#,
      #"<rect width="100%" height="100%" fill="\#(Self.hex(.paper))"/>"#,
    ]
  }

  var document: String { (body + ["</svg>", ""]).joined(separator: "\n") }

  /// Writes one line of text; `y` is its base line.
  mutating func write(
    _ text: String, x: Double, y: Double, size: Int, _ colour: Colour,
    _ alignment: Canvas.Alignment = .left, isBold: Bool = false
  ) {
    let anchor =
      switch alignment {
      case .left: "start"
      case .centre: "middle"
      case .right: "end"
      }
    body.append(
      #"<text x="\#(Self.number(x))" y="\#(Self.number(y))" font-size="\#(size)" "#
        + #"text-anchor="\#(anchor)" fill="\#(Self.hex(colour))""#
        + (isBold ? #" font-weight="bold""# : "") + ">\(Self.escaped(text))</text>")
  }

  /// A thin straight line.
  mutating func rule(
    _ from: (x: Double, y: Double), _ to: (x: Double, y: Double), _ colour: Colour
  ) {
    body.append(
      #"<line x1="\#(Self.number(from.x))" y1="\#(Self.number(from.y))" "#
        + #"x2="\#(Self.number(to.x))" y2="\#(Self.number(to.y))" stroke="\#(Self.hex(colour))"/>"#)
  }

  /// A line through points; where one is not finite, it is broken.
  mutating func line(
    _ points: [(x: Double, y: Double)], from origin: (x: Double, y: Double), thickness: Double,
    _ colour: Colour, opacity: Double
  ) {
    for part in points.split(whereSeparator: { !($0.x.isFinite && $0.y.isFinite) }) {
      let places = part.map {
        "\(Self.number($0.x + origin.x)),\(Self.number($0.y + origin.y))"
      }
      body.append(
        #"<polyline points="\#(places.joined(separator: " "))" fill="none" "#
          + #"stroke="\#(Self.hex(colour))" stroke-width="\#(thickness)" "#
          + #"stroke-opacity="\#(opacity)" stroke-linejoin="round"/>"#)
    }
  }

  /// To a hundredth of a pixel.
  private static func number(_ value: Double) -> String {
    let rounded = (min(max(value, -1e6), 1e6) * 100).rounded() / 100
    return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
  }

  private static func hex(_ colour: Colour) -> String {
    "#"
      + [colour.red, colour.green, colour.blue].map {
        ($0 < 16 ? "0" : "") + String($0, radix: 16)
      }.joined()
  }

  /// Text that means nothing to XML; what XML forbids is left out.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case "\"": result += "&quot;"
      case "\u{0}"..<" ", "\u{FFFE}", "\u{FFFF}": break
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
