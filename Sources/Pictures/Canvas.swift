/// A picture being drawn: rows of pixels from the top left. What lies outside is not drawn.
public struct Canvas: Sendable {
  public let width: Int
  public let height: Int
  /// Red, green and blue of every pixel, row by row.
  public private(set) var pixels: [UInt8]

  /// A canvas of white paper.
  package init(width: Int, height: Int) {
    self.width = max(1, width)
    self.height = max(1, height)
    pixels = Array(repeating: 255, count: self.width * self.height * 3)
  }

  /// The colour of a pixel, if it is on the canvas.
  public subscript(x: Int, y: Int) -> Colour? {
    guard (0..<width).contains(x), (0..<height).contains(y) else { return nil }
    let start = (y * width + x) * 3
    return Colour(pixels[start], pixels[start + 1], pixels[start + 2])
  }

  /// Sets one pixel.
  package mutating func set(_ x: Int, _ y: Int, _ colour: Colour) {
    guard (0..<width).contains(x), (0..<height).contains(y) else { return }
    let start = (y * width + x) * 3
    pixels[start] = colour.red
    pixels[start + 1] = colour.green
    pixels[start + 2] = colour.blue
  }

  /// Mixes a colour into one pixel.
  mutating func blend(_ x: Int, _ y: Int, _ colour: Colour, _ share: Double) {
    guard let below = self[x, y] else { return }
    set(x, y, below.mixed(with: colour, share))
  }

  /// Fills a rectangle.
  package mutating func fill(x: Int, y: Int, width: Int, height: Int, _ colour: Colour) {
    for row in max(0, y)..<max(0, y, min(self.height, y + height)) {
      for column in max(0, x)..<max(0, x, min(self.width, x + width)) { set(column, row, colour) }
    }
  }

  /// Draws the outline of a rectangle, one pixel wide, just around it.
  mutating func frame(x: Int, y: Int, width: Int, height: Int, _ colour: Colour) {
    fill(x: x - 1, y: y - 1, width: width + 2, height: 1, colour)
    fill(x: x - 1, y: y + height, width: width + 2, height: 1, colour)
    fill(x: x - 1, y: y - 1, width: 1, height: height + 2, colour)
    fill(x: x + width, y: y - 1, width: 1, height: height + 2, colour)
  }
}
