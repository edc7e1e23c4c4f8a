import TokenReading
import ToolSupport

/// Summaries as a table: a line for each kind of songs, and one for all.
struct FiguresTable {
  let all: FiguresSummary
  let kinds: [String: FiguresSummary]

  /// Columns parted by spaces; a dash where there is nothing to measure.
  var lines: [String] {
    let groups = Set(kinds.values.flatMap(\.tags.keys)).sorted()
    let title =
      ["", "songs", "phones", "mixed", "tempo", "end"] + groups.map { $0 + "?" }
      + ["off-pitch", "silent", "borders", "score"]
    var rows = [title]
    for (name, summary) in kinds.sorted(by: { $0.key < $1.key }) {
      rows.append(row(name, summary, groups))
    }
    rows.append(row("all", all, groups))
    let widths = title.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      row.enumerated().map { column, text in
        let gap = String(repeating: " ", count: widths[column] - text.count)
        return column == 0 ? text + gap : gap + text
      }.joined(separator: "  ")
    }
  }

  private func row(_ name: String, _ summary: FiguresSummary, _ groups: [String]) -> [String] {
    func share(_ value: Double?) -> String { value.map { decimal($0, places: 3) } ?? "-" }
    func percent(_ value: FiguresSummary.Share?) -> String {
      value?.value.map { decimal(100 * $0, places: 1) + "%" } ?? "-"
    }
    return [
      name, "\(summary.songs)", share(summary.vocalErrors.rate), share(summary.mixedErrors.rate),
      percent(summary.tempo), percent(summary.ends),
    ] + groups.map { percent(summary.tags[$0]) } + [
      percent(summary.offPitch), percent(summary.silent), percent(summary.borders),
      share(summary.score),
    ]
  }
}
