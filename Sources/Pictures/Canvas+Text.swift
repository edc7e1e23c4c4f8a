extension Canvas {
  /// The width of one character with its gap, and the height of a line, in pixels.
  package static let letterWidth = 12
  package static let lineHeight = 22
  /// From the top of a line to the base line.
  static let ascent = 14

  package enum Alignment { case left, centre, right }

  /// Writes one line of text whose top is `y`. Whatever the font does not have becomes a box.
  package mutating func write(
    _ text: String, x: Int, y: Int, _ alignment: Alignment = .left,
    _ colour: Colour = .ink
  ) {
    let length = text.count * Self.letterWidth - 2
    var left =
      switch alignment {
      case .left: x
      case .centre: x - length / 2
      case .right: x - length
      }
    for character in text {
      draw(Glyphs.rows(character), x: left, y: y, colour)
      left += Self.letterWidth
    }
  }

  /// Draws a letter at twice its size: doubled twice with smooth edges, then halved to shades.
  private mutating func draw(_ rows: [UInt8], x: Int, y: Int, _ colour: Colour) {
    let bits = rows.map { row in
      (0..<Glyphs.width).map { row >> UInt8(Glyphs.width - 1 - $0) & 1 == 1 }
    }
    let large = doubled(doubled(bits))
    for row in 0..<large.count / 2 {
      for column in 0..<large[row].count / 2 {
        let four = [
          large[2 * row][2 * column], large[2 * row][2 * column + 1],
          large[2 * row + 1][2 * column], large[2 * row + 1][2 * column + 1],
        ]
        let share = Double(four.filter { $0 }.count) / 4
        if share > 0 { blend(x + column, y + row, colour, share) }
      }
    }
  }
}

/// A bitmap at twice its size, with corners filled where a diagonal runs (the Scale2x rule: a
/// quarter takes the colour of its two neighbours if these agree and the opposite ones do not).
private func doubled(_ bits: [[Bool]]) -> [[Bool]] {
  let (height, width) = (bits.count, bits.first?.count ?? 0)
  func at(_ row: Int, _ column: Int) -> Bool {
    bits.indices.contains(row) && (0..<width).contains(column) && bits[row][column]
  }
  var large = Array(repeating: Array(repeating: false, count: 2 * width), count: 2 * height)
  for row in 0..<height {
    for column in 0..<width {
      let (up, down) = (at(row - 1, column), at(row + 1, column))
      let (left, right) = (at(row, column - 1), at(row, column + 1))
      let here = at(row, column)
      large[2 * row][2 * column] = left == up && left != down && up != right ? up : here
      large[2 * row][2 * column + 1] = up == right && up != left && right != down ? right : here
      large[2 * row + 1][2 * column] = down == left && down != right && left != up ? left : here
      large[2 * row + 1][2 * column + 1] =
        right == down && right != up && down != left ? down : here
    }
  }
  return large
}
