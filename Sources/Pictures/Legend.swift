/// Where the names of curves stand below a picture: in columns, line by line.
struct Legend {
  /// The width of the stroke before a name, in pixels.
  static let mark = 28

  /// In the order of the names, in pixels from the top left of the legend.
  let places: [(x: Int, y: Int)]
  let height: Int

  init(_ names: [String], width: Int) {
    let longest = names.map(\.count).max() ?? 0
    let column = Self.mark + 10 + (longest + 2) * Canvas.letterWidth
    let columns = max(1, width / max(1, column))
    places = names.indices.map { ($0 % columns * column, $0 / columns * Canvas.lineHeight) }
    height = (names.count + columns - 1) / columns * Canvas.lineHeight
  }
}
