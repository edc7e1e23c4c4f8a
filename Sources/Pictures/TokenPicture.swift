/// Rows of token ids over time: one column per frame, one colour per id.
///
/// A song of up to 25 s is one strip; a longer one continues on further strips, like lines of text,
/// so that single frames stay visible.
public struct TokenPicture: Sendable {
  /// One row of tokens.
  public struct Row: Sendable {
    public var name: String
    public var tokens: [UInt32]
    /// Tokens are below this; it sets the scale of the colours.
    public var vocab: Int

    public init(name: String, tokens: [UInt32], vocab: Int) {
      self.name = name
      self.tokens = tokens
      self.vocab = vocab
    }
  }

  /// Most rows of a picture.
  public static let mostRows = 8
  /// Most frames of a row: 600 s at 25 frames per second, and some more.
  public static let mostFrames = 20_000

  public var title: String
  /// More about the song; broken into lines.
  public var caption: String
  public var rows: [Row]
  /// Frames per second.
  public var rate: Double

  public init(title: String, caption: String, rows: [Row], rate: Double) {
    self.title = title
    self.caption = caption
    self.rows = rows
    self.rate = rate
  }

  private static let left = 176
  private static let plotWidth = 1250
  private static let right = 36
  private static let rowHeight = 44
  private static let rowGap = 3

  /// Draws the picture.
  public func draw() throws(PictureFailure) -> Canvas {
    guard let frames = rows.map(\.tokens.count).max(), frames > 0, rate > 0, rate.isFinite else {
      throw .empty
    }
    guard frames <= Self.mostFrames else {
      throw .tooLong(frames: frames, limit: Self.mostFrames)
    }
    guard rows.count <= Self.mostRows else {
      throw .tooMany(rows: rows.count, limit: Self.mostRows)
    }
    let scale = min(max(Self.plotWidth / frames, 2), 10)
    let perStrip = min(frames, Self.plotWidth / scale)
    let strips = (frames + perStrip - 1) / perStrip
    let stripHeight = rows.count * (Self.rowHeight + Self.rowGap) + TimeAxis.height + 18
    let heading = Heading(title: title, caption: caption, width: Self.left + Self.plotWidth)
    var canvas = Canvas(
      width: Self.left + Self.plotWidth + Self.right,
      height: heading.height + strips * stripHeight + Self.legendHeight)
    heading.draw(on: &canvas)
    for strip in 0..<strips {
      let range = strip * perStrip..<min(frames, (strip + 1) * perStrip)
      draw(range, scale, y: heading.height + strip * stripHeight, on: &canvas)
    }
    drawLegend(on: &canvas, y: heading.height + strips * stripHeight)
    return canvas
  }

  private func draw(_ range: Range<Int>, _ scale: Int, y: Int, on canvas: inout Canvas) {
    var top = y
    for row in rows {
      canvas.write(
        String(row.name.prefix(13)), x: Self.left - 14,
        y: top + (Self.rowHeight - Canvas.ascent) / 2, .right)
      for frame in range where frame < row.tokens.count {
        let place = Double(row.tokens[frame]) / Double(max(1, row.vocab - 1))
        canvas.fill(
          x: Self.left + (frame - range.lowerBound) * scale, y: top, width: scale,
          height: Self.rowHeight, ColourMap.tokens[place])
      }
      canvas.frame(
        x: Self.left, y: top, width: range.count * scale, height: Self.rowHeight, .faint)
      top += Self.rowHeight + Self.rowGap
    }
    let axis = TimeAxis(
      from: Double(range.lowerBound) / rate, to: Double(range.upperBound) / rate,
      width: range.count * scale)
    axis.draw(on: &canvas, x: Self.left, y: top - Self.rowGap + 1)
  }

  private static let legendHeight = 40

  /// The scale of colours, from id 0 to the last id of the largest vocabulary.
  private func drawLegend(on canvas: inout Canvas, y: Int) {
    let width = 512
    let left = Self.left + 30
    canvas.write("token id", x: Self.left - 14, y: y, .right, .faint)
    canvas.write("0", x: left - 14, y: y, .right, .faint)
    for x in 0..<width {
      let colour = ColourMap.tokens[Double(x) / Double(width - 1)]
      canvas.fill(x: left + x, y: y, width: 1, height: Canvas.ascent, colour)
    }
    canvas.write(
      "\((rows.map(\.vocab).max() ?? 1) - 1)", x: left + width + 12, y: y, .left, .faint)
  }
}
