import Pictures
import Testing

@Suite struct TokenPictureTests {
  private func picture(_ rows: [[UInt32]], vocab: Int = 100) -> TokenPicture {
    TokenPicture(
      title: "walk", caption: "a song",
      rows: rows.enumerated().map { .init(name: "row \($0)", tokens: $1, vocab: vocab) }, rate: 25)
  }

  private static let left = 176

  /// The rows at which tokens begin, found by the colours at the left edge.
  private func rowTops(_ canvas: Canvas, _ colour: Colour) -> [Int] {
    (1..<canvas.height).filter {
      canvas[Self.left, $0] == colour && canvas[Self.left, $0 - 1] != colour
    }
  }

  @Test func everyFrameHasTheColourOfItsToken() throws {
    let tokens: [UInt32] = [0, 50, 50, 99, 0]
    let canvas = try picture([tokens]).draw()
    let top = try #require(rowTops(canvas, ColourMap.tokens[0]).first)
    for (frame, token) in tokens.enumerated() {
      for x in 0..<10 {
        let pixel = canvas[Self.left + frame * 10 + x, top + 20]
        #expect(pixel == ColourMap.tokens[Double(token) / 99])
      }
    }
    #expect(canvas[Self.left + 52, top + 20] == Colour.paper)
  }

  @Test func longSongsContinueOnFurtherStrips() throws {
    func strips(_ frames: Int) throws -> Int {
      rowTops(
        try picture([Array(repeating: 0, count: frames)]).draw(), ColourMap.tokens[0]
      ).count
    }
    #expect(try strips(625) == 1)
    #expect(try strips(626) == 2)
    #expect(try strips(3750) == 6)
    #expect(try strips(15_000) == 24)
  }

  @Test func rowsOfDifferentLengthEndWhereTheyEnd() throws {
    let canvas = try picture([[0, 0, 0], [0]]).draw()
    let tops = rowTops(canvas, ColourMap.tokens[0])
    try #require(tops.count == 2)
    #expect(canvas[Self.left + 25, tops[0] + 20] == ColourMap.tokens[0])
    #expect(canvas[Self.left + 25, tops[1] + 20] == Colour.paper)
  }

  @Test func whatCannotBeDrawnIsRefused() throws {
    #expect(throws: PictureFailure.empty) { try picture([]).draw() }
    #expect(throws: PictureFailure.empty) { try picture([[], []]).draw() }
    #expect(throws: PictureFailure.tooLong(frames: 20_001, limit: 20_000)) {
      try picture([Array(repeating: 1, count: 20_001)]).draw()
    }
    #expect(throws: PictureFailure.tooMany(rows: 9, limit: 8)) {
      try picture(Array(repeating: [1], count: 9)).draw()
    }
    var still = picture([[1]])
    still.rate = 0
    #expect(throws: PictureFailure.empty) { try still.draw() }
  }

  @Test func anyTextAndAnyTokenIsHarmless() throws {
    var picture = picture([[0, .max, 5000]], vocab: 1)
    picture.title = String(repeating: "夜の歌\u{1B}[2J", count: 100)
    picture.caption = String(repeating: "x", count: 5000) + String(repeating: " y", count: 5000)
    picture.rows[0].name = String(repeating: "n", count: 200)
    let canvas = try picture.draw()
    #expect(canvas.width == 1462)
    #expect(canvas.height < 400)
    #expect(try decode(canvas.png()).width == 1462)
  }
}
