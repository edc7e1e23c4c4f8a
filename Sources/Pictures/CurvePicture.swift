/// Curves over one axis, such as losses over the steps of a run, with marks and a legend.
///
/// A curve of many points is drawn twice: pale as it is, and its running mean over it.
public struct CurvePicture: Sendable {
  /// Most curves of a picture.
  public static let mostCurves = 24
  /// Curves of more points than this get a running mean.
  private static let fewPoints = 60

  public var title: String
  /// What the axes show.
  public var across: String
  public var upwards: String
  public var curves: [Curve]

  public init(title: String, across: String, upwards: String, curves: [Curve]) {
    self.title = title
    self.across = across
    self.upwards = upwards
    self.curves = curves
  }

  private static let left = 104
  private static let plotWidth = 1080
  private static let plotHeight = 560
  private static let right = 40

  /// What both forms of the picture are drawn from: the axes, and the curves in pixels of the plot.
  struct Layout {
    struct Line {
      let name: String
      let colour: Colour
      /// As it is; empty where the curve has so few points that there is no other.
      let pale: [(x: Double, y: Double)]
      let strong: [(x: Double, y: Double)]
    }
    let across: NumberAxis
    let upwards: NumberAxis
    let lines: [Line]
    let width: Int
    let height: Int
  }

  /// - Throws: ``PictureFailure`` when there is nothing to draw, or too much.
  func layout() throws(PictureFailure) -> Layout {
    guard curves.count <= Self.mostCurves else {
      throw .tooManyCurves(curves.count, limit: Self.mostCurves)
    }
    let points = curves.flatMap(\.points).filter { $0.x.isFinite && $0.y.isFinite }
    guard let lowX = points.map(\.x).min(), let highX = points.map(\.x).max(),
      let lowY = points.map(\.y).min(), let highY = points.map(\.y).max()
    else { throw .noCurve }
    let across = NumberAxis(covering: lowX...highX, marks: 9)
    // What comes near zero is shown from zero on.
    let floor = lowY > 0 && lowY < highY / 2 ? 0 : lowY
    let upwards = NumberAxis(covering: floor...highY, marks: 9)
    let (width, height) = (Double(Self.plotWidth), Double(Self.plotHeight))
    func placed(_ points: [(x: Double, y: Double)]) -> [(x: Double, y: Double)] {
      points.map { (across.place($0.x) * width, (1 - upwards.place($0.y)) * height) }
    }
    let lines = curves.enumerated().map { index, curve in
      let thin = curve.thinned(across, count: Self.plotWidth)
      let colour = Colour(
        lightness: index % 2 == 0 ? 0.6 : 0.5, chroma: 0.15,
        hue: 0.7 + Double(index) * 0.381_966)
      let isPlain = thin.count <= Self.fewPoints || !thin.allSatisfy { $0.y.isFinite }
      return Layout.Line(
        name: curve.name, colour: colour, pale: isPlain ? [] : placed(thin),
        strong: placed(isPlain ? thin : Curve.smoothed(thin, reach: max(2, thin.count / 60))))
    }
    return Layout(
      across: across, upwards: upwards, lines: lines, width: Self.plotWidth,
      height: Self.plotHeight)
  }

  /// Draws the picture.
  public func draw() throws(PictureFailure) -> Canvas {
    let layout = try layout()
    let heading = Heading(title: title, caption: upwards, width: Self.left + Self.plotWidth)
    let legend = Legend(layout.lines.map(\.name), width: layout.width)
    let (left, top) = (Self.left, heading.height)
    let bottom = top + layout.height
    var canvas = Canvas(
      width: left + layout.width + Self.right,
      height: bottom + 40 + Canvas.lineHeight + legend.height + 16)
    heading.draw(on: &canvas)
    for mark in layout.upwards.marks {
      let y = bottom - Int((layout.upwards.place(mark) * Double(layout.height)).rounded())
      canvas.fill(x: left, y: y, width: layout.width, height: 1, .grid)
      canvas.write(layout.upwards.label(mark), x: left - 12, y: y - Canvas.ascent / 2, .right)
    }
    for mark in layout.across.marks {
      let x = left + Int((layout.across.place(mark) * Double(layout.width)).rounded())
      canvas.fill(x: x, y: top, width: 1, height: layout.height, .grid)
      canvas.write(layout.across.label(mark), x: x, y: bottom + 10, .centre)
    }
    canvas.write(across, x: left + layout.width / 2, y: bottom + 36, .centre, .faint)
    canvas.frame(x: left, y: top, width: layout.width, height: layout.height, .faint)
    let clip = (x: left..<left + layout.width, y: top..<bottom)
    func moved(_ points: [(x: Double, y: Double)]) -> [(x: Double, y: Double)] {
      points.map { ($0.x + Double(left), $0.y + Double(top)) }
    }
    for line in layout.lines where !line.pale.isEmpty {
      canvas.line(
        moved(line.pale), thickness: 1, line.colour.mixed(with: .paper, 0.65), clip: clip)
    }
    for line in layout.lines {
      canvas.line(moved(line.strong), thickness: 2.4, line.colour, clip: clip)
    }
    for (line, place) in zip(layout.lines, legend.places) {
      let (x, y) = (left + place.x, bottom + 40 + Canvas.lineHeight + place.y)
      canvas.fill(x: x, y: y + Canvas.ascent / 2 - 1, width: Legend.mark, height: 3, line.colour)
      canvas.write(line.name, x: x + Legend.mark + 10, y: y)
    }
    return canvas
  }

  /// The picture as an SVG document: the same lines, in a form without pixels.
  public func svg() throws(PictureFailure) -> String {
    let layout = try layout()
    let legend = Legend(layout.lines.map(\.name), width: layout.width)
    let (left, top) = (Self.left, 84)
    let bottom = top + layout.height
    let height = bottom + 76 + legend.height
    var text = SVGText(width: left + layout.width + Self.right, height: height)
    text.write(title, x: 20, y: 30, size: 20, .ink, isBold: true)
    text.write(upwards, x: 20, y: 56, size: 16, .faint)
    for mark in layout.upwards.marks {
      let y = Double(bottom) - layout.upwards.place(mark) * Double(layout.height)
      text.rule((Double(left), y), (Double(left + layout.width), y), .grid)
      text.write(
        layout.upwards.label(mark), x: Double(left - 10), y: y + 5, size: 16, .ink, .right)
    }
    for mark in layout.across.marks {
      let x = Double(left) + layout.across.place(mark) * Double(layout.width)
      text.rule((x, Double(top)), (x, Double(bottom)), .grid)
      text.write(
        layout.across.label(mark), x: x, y: Double(bottom + 22), size: 16, .ink, .centre)
    }
    text.write(
      across, x: Double(left + layout.width / 2), y: Double(bottom + 48), size: 16, .faint,
      .centre)
    let origin = (x: Double(left), y: Double(top))
    for line in layout.lines where !line.pale.isEmpty {
      text.line(line.pale, from: origin, thickness: 1, line.colour, opacity: 0.35)
    }
    for line in layout.lines {
      text.line(line.strong, from: origin, thickness: 2.4, line.colour, opacity: 1)
    }
    for (line, place) in zip(layout.lines, legend.places) {
      let (x, y) = (Double(left + place.x), Double(bottom + 70 + place.y))
      text.line(
        [(0, 0), (Double(Legend.mark), 0)], from: (x, y), thickness: 3, line.colour, opacity: 1)
      text.write(line.name, x: x + Double(Legend.mark + 10), y: y + 5, size: 16, .ink)
    }
    return text.document
  }
}
