import CodecFitting
import Neural
import Testing

@Suite struct FrameBookTests {
  /// Rows east, north, and north-east, which is longer; the projection turns by a quarter.
  private let book = FrameBook(
    projection: FloatBuffer([0, -1, 1, 0]), bias: [0, 0], rows: FloatBuffer([1, 0, 0, 1, 5, 5]))

  @Test func theDirectionDecidesAndNotTheLength() {
    let latents = FloatBuffer([0, -9, 0.1, 0, 3, -2.9, 3, -0.5])
    withExtendedLifetime(latents) {
      #expect(book.codes(latents.base, count: 4) == [0, 1, 2, 1])
    }
  }

  @Test func ofEqualsTheLowestIsTaken() {
    let nothing = FloatBuffer(count: 2)
    withExtendedLifetime(nothing) { #expect(book.codes(nothing.base, count: 1) == [0]) }
  }
}
