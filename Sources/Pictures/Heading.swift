/// The title of a picture and the lines below it.
struct Heading {
  private let title: String
  private let lines: [String]

  private static let left = 20
  private static let top = 16

  /// - Parameters:
  ///   - caption: Broken between words into lines, at most four.
  ///   - width: Of the picture, in pixels.
  init(title: String, caption: String, width: Int) {
    let limit = max(8, (width - 2 * Self.left) / Canvas.letterWidth)
    self.title = Self.cut(title, limit)
    var lines: [String] = []
    for word in caption.split(separator: " ", omittingEmptySubsequences: false) {
      if let last = lines.last, last.count + 1 + word.count <= limit {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(String(word))
      }
    }
    if lines.count > 4 { lines[3] += " ..." }
    self.lines = lines.prefix(4).filter { !$0.isEmpty }.map { Self.cut($0, limit) }
  }

  /// What the heading takes, with a gap below.
  var height: Int { Self.top + (1 + lines.count) * Canvas.lineHeight + 14 }

  func draw(on canvas: inout Canvas) {
    // Twice, one pixel apart: bold.
    canvas.write(title, x: Self.left, y: Self.top)
    canvas.write(title, x: Self.left + 1, y: Self.top)
    for (index, line) in lines.enumerated() {
      let y = Self.top + (index + 1) * Canvas.lineHeight
      canvas.write(line, x: Self.left, y: y, .left, .faint)
    }
  }

  private static func cut(_ text: String, _ limit: Int) -> String {
    text.count <= limit ? text : text.prefix(limit - 3) + "..."
  }
}
