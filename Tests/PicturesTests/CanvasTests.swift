import CPNG
import Pictures
import Testing

/// The pixels of a PNG file as libpng reads them: RGB, row by row.
func decode(_ png: [UInt8]) throws -> (width: Int, height: Int, pixels: [UInt8]) {
  var image = png_image()
  image.version = png_uint_32(PNG_IMAGE_VERSION)
  try #require(png_image_begin_read_from_memory(&image, png, png.count) != 0)
  image.format = png_uint_32(PNG_FORMAT_FLAG_COLOR)
  var pixels = [UInt8](repeating: 0, count: Int(image.width * image.height) * 3)
  try #require(png_image_finish_read(&image, nil, &pixels, 0, nil) != 0)
  return (Int(image.width), Int(image.height), pixels)
}

@Suite struct CanvasTests {
  /// How many pixels are not paper.
  private func ink(_ canvas: Canvas) -> Int {
    (0..<canvas.width * canvas.height).filter {
      canvas[$0 % canvas.width, $0 / canvas.width] != Colour.paper
    }.count
  }

  @Test func pngHoldsThePixels() throws {
    var canvas = Canvas(width: 31, height: 17)
    for y in 0..<17 {
      for x in 0..<31 { canvas.set(x, y, Colour(UInt8(x * 8), UInt8(y * 15), UInt8(x * y / 3))) }
    }
    let png = try canvas.png()
    let decoded = try decode(png)
    #expect((decoded.width, decoded.height) == (31, 17))
    #expect(decoded.pixels == canvas.pixels)
    #expect(try canvas.png() == png)
  }

  @Test func whatLiesOutsideIsNotDrawn() {
    var canvas = Canvas(width: 10, height: 10)
    canvas.set(-1, 0, .ink)
    canvas.set(10, 0, .ink)
    canvas.set(0, .max, .ink)
    canvas.fill(x: -5, y: -5, width: 7, height: 6, .ink)
    canvas.fill(x: 20, y: 20, width: 5, height: 5, .ink)
    canvas.fill(x: 5, y: 5, width: -3, height: 5, .ink)
    #expect(ink(canvas) == 2)
    canvas.write("outside", x: -500, y: 3)
    canvas.write("outside", x: 3, y: 500, .right)
    #expect(ink(canvas) == 2)
    #expect(canvas[10, 0] == nil)
    #expect(canvas[0, -1] == nil)
  }

  @Test func everyPrintableCharacterHasAShapeOfItsOwn() {
    var shapes: Set<[UInt8]> = []
    for code in UInt8(33)..<127 {
      var canvas = Canvas(width: 12, height: 20)
      canvas.write(String(Unicode.Scalar(code)), x: 0, y: 0)
      #expect(ink(canvas) > 0)
      shapes.insert(canvas.pixels)
    }
    // Zero and the letter O are drawn alike.
    #expect(shapes.count == 93)
  }

  @Test func whatTheFontHasNotBecomesABox() {
    var (one, other, space) = (
      Canvas(width: 24, height: 20), Canvas(width: 24, height: 20), Canvas(width: 24, height: 20)
    )
    one.write("夜", x: 0, y: 0)
    other.write("🎵", x: 0, y: 0)
    space.write(" ", x: 0, y: 0)
    #expect(one.pixels == other.pixels)
    #expect(ink(one) > 0)
    #expect(ink(space) == 0)
  }

  @Test func textIsAligned() {
    func columns(_ alignment: Canvas.Alignment) -> ClosedRange<Int> {
      var canvas = Canvas(width: 200, height: 20)
      canvas.write("MM", x: 100, y: 0, alignment)
      let inked = (0..<200).filter { x in (0..<20).contains { canvas[x, $0] != Colour.paper } }
      return (inked.first ?? 0)...(inked.last ?? 0)
    }
    #expect(columns(.left) == 100...121)
    #expect(columns(.right) == 78...99)
    #expect(columns(.centre) == 89...110)
  }
}
