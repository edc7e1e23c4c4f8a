public import SongEvaluation

/// The frame of a report: what stands before the songs and after them.
///
/// The page loads nothing and runs nothing, and says so to the browser (Content-Security-Policy).
public enum ReportPage {
  /// A line of the overview.
  public struct Entry: Sendable {
    public let id: String
    public let anchor: String
    public let figures: SongFigures
    public let score: Double

    public init(id: String, anchor: String, figures: SongFigures, score: Double) {
      self.id = id
      self.anchor = anchor
      self.figures = figures
      self.score = score
    }
  }

  /// The page up to the first song: with several songs an overview, best first.
  public static func head(_ entries: [Entry], generator: String) -> String {
    let title = entries.count == 1 ? entries[0].id : "\(entries.count) songs"
    var text = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; \
      style-src 'unsafe-inline'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="generator" content="\(html(generator))">
      <title>\(html(title, limit: 200))</title>
      <style>
      \(style)
      </style>
      </head>
      <body>
      <h1>\(html(title, limit: 200))</h1>

      """
    if entries.count > 1 { text += overview(entries) }
    return text
  }

  /// The end of the page.
  public static func foot(generator: String) -> String {
    "<footer>\(html(generator)); the figures are defined in sg-eval(1).</footer>\n</body>\n</html>\n"
  }

  private static func overview(_ entries: [Entry]) -> String {
    let names = [
      "song", "score", "length", "loudness", "peak", "silence", "loops", "tempo", "asked", "key",
      "voiced", "balance", "phones wrong",
    ]
    var text = "<table>\n<thead><tr>"
    for name in names { text += "<th>\(name)</th>" }
    text += "</tr></thead>\n<tbody>\n"
    let ordered = entries.enumerated().sorted {
      ($1.element.score, $0.offset) < ($0.element.score, $1.offset)
    }
    for (_, entry) in ordered {
      let figures = entry.figures
      let silence = figures.silence
      let quiet = silence.leading + silence.inner + silence.trailing
      let cells: [String?] = [
        number(entry.score, 3), clock(figures.seconds), figures.loudness.map { number($0, 1) },
        figures.truePeak.isFinite ? number(figures.truePeak, 1) : nil, number(quiet, 1) + " s",
        number(100 * figures.loopShare, 0) + " %", figures.tempo.map { number($0.bpm, 1) },
        figures.wishes?.tempo.map { "\($0)" }, figures.key?.name,
        figures.pitch.map { number(100 * $0.voiced, 0) + " %" },
        figures.balance.map { number($0, 1) },
        figures.hearing?.phones.rate.map { number(100 * $0, 0) + " %" },
      ]
      text += "<tr><td><a href=\"#\(html(entry.anchor))\">\(html(entry.id, limit: 80))</a></td>"
      for cell in cells { text += "<td>\(html(cell ?? "–"))</td>" }
      text += "</tr>\n"
    }
    return text + "</tbody>\n</table>\n"
  }

  private static let style = """
    body { font: 15px/1.5 system-ui, sans-serif; color: #26262c; background: #fff;
      max-width: 1280px; margin: 2em auto; padding: 0 1.5em; }
    h1 { font-size: 1.5em; } h2 { font-size: 1.25em; margin: 0; overflow-wrap: anywhere; }
    section { border-top: 2px solid #d8d8de; margin-top: 2em; padding-top: 1.2em; }
    .origin, figcaption, footer { color: #6a6a72; font-size: .9em; }
    .origin { margin: 0 0 1em; overflow-wrap: anywhere; }
    table { border-collapse: collapse; font-variant-numeric: tabular-nums; width: 100%; }
    th, td { padding: .25em .6em; text-align: right; border-bottom: 1px solid #e8e8ec; }
    th { color: #6a6a72; font-weight: 500; font-size: .85em; }
    th:first-child, td:first-child { text-align: left; overflow-wrap: anywhere; }
    dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(15em, 1fr)); gap: .5em 1.5em; }
    dt { color: #6a6a72; font-size: .85em; } dd { margin: 0; }
    figure { margin: 1.2em 0; } img, svg { max-width: 100%; height: auto; display: block; }
    svg.pitch { width: 100%; }
    svg text { font: 11px system-ui, sans-serif; fill: #6a6a72; }
    svg .note { text-anchor: end; dominant-baseline: middle; } svg .time { text-anchor: middle; }
    svg .word { fill: #26262c; }
    svg .part0 { fill: #f3f1f9; } svg .part1 { fill: #fdf0e4; }
    svg .grid { stroke: #d0d0d8; fill: none; } svg .tick { stroke: #80808a; fill: none; }
    svg .known { stroke: #b0402a; stroke-dasharray: 4 3; fill: none; }
    svg .line { stroke: #5b3fb0; stroke-width: 1.6; fill: none; stroke-linejoin: round; }
    footer { margin: 3em 0 1em; }
    """
}
