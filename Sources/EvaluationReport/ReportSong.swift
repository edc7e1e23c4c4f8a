import FoundationEssentials
public import SongEvaluation

/// One song of a report.
public struct ReportSong: Sendable {
  /// A picture and what it shows.
  public struct Picture: Sendable {
    public var title: String
    /// The bytes of a PNG file.
    public var png: [UInt8]

    public init(title: String, png: [UInt8]) {
      self.title = title
      self.png = png
    }
  }

  public var id: String
  /// Where it comes from: a file, a seed, models.
  public var origin: String
  public var figures: SongFigures
  public var score: Double
  public var pictures: [Picture]
  public var words: WordTimes?
  /// The labels of the sections that were asked for.
  public var sections: [String]

  public init(
    id: String, origin: String, figures: SongFigures, score: Double, pictures: [Picture],
    words: WordTimes?, sections: [String]
  ) {
    self.id = id
    self.origin = origin
    self.figures = figures
    self.score = score
    self.pictures = pictures
    self.words = words
    self.sections = sections
  }

  /// The song's part of the page.
  ///
  /// - Parameter anchor: What the overview links to.
  public func section(anchor: String) -> String {
    var text = "<section id=\"\(html(anchor))\">\n<h2>\(html(id, limit: 200))</h2>\n"
    text += "<p class=\"origin\">\(html(origin))</p>\n<dl>\n"
    for fact in FigureText.facts(figures, score: score) {
      text += "<div><dt>\(html(fact.name))</dt><dd>\(html(fact.value))</dd></div>\n"
    }
    text += "</dl>\n"
    if !sections.isEmpty {
      text += "<p>Sections asked for: "
      text += sections.prefix(64).map { "<code>\(html($0, limit: 40))</code>" }.joined(
        separator: " ")
      text += "</p>\n"
    }
    if let hearing = figures.hearing {
      let heard = hearing.heard.joined(separator: " ")
      text += "<p>Heard: <q>\(html(heard))</q></p>\n"
    }
    text += PitchChart(figures, words: words).svg()
    for picture in pictures {
      let data = Data(picture.png).base64EncodedString()
      let title = html(picture.title, limit: 200)
      text += "<figure><img alt=\"\(title)\" src=\"data:image/png;base64,\(data)\">"
      text += "<figcaption>\(title)</figcaption></figure>\n"
    }
    return text + "</section>\n"
  }
}
