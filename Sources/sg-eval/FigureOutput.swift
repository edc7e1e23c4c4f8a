import Diagnostics
import EvaluationReport
import SongEvaluation
import SongStream
import ToolSupport

/// What is printed of each song: a table to read, a JSON line, or a line of a ranking.
struct FigureOutput {
  let isJSON: Bool
  let ranks: Bool
  private var songs: [Evaluated] = []
  private var count = 0

  init(isJSON: Bool, ranks: Bool) {
    self.isJSON = isJSON
    self.ranks = ranks
  }

  /// Prints a song, or keeps its figures for the end.
  mutating func add(_ song: Evaluated) throws {
    guard ranks else { return try print(song) }
    // Without what takes memory.
    var song = song
    song.sketches = []
    song.figures.pitchTrack = []
    song.ordinals = nil
    songs.append(song)
  }

  /// Prints the ranking.
  mutating func finish() throws {
    let ordered = songs.enumerated().sorted {
      ($1.element.score, $0.offset) < ($0.element.score, $1.offset)
    }
    for (_, song) in ordered { try print(song) }
  }

  private mutating func print(_ song: Evaluated) throws {
    let output = StandardOutput()
    if isJSON {
      try output.line(Self.json(song).printed())
    } else if ranks {
      let seed = song.header?.seed.map(String.init) ?? "-"
      let fields = [
        printable(song.id), decimal(song.score, places: 3), seed, printable(song.source),
        Self.weakest(song.figures),
      ]
      try output.line(fields.joined(separator: "\t"))
    } else {
      let facts = FigureText.facts(song.figures, score: song.score)
      let width = (facts.map(\.name.count).max() ?? 0) + 2
      var text = count > 0 ? "\n" : ""
      let source = song.header == nil ? printable(song.source) : printable(song.id)
      text += source + "\n"
      for fact in facts {
        text += "  " + fact.name + String(repeating: " ", count: width - fact.name.count)
        text += fact.value + "\n"
      }
      try output.text(text)
    }
    count += 1
  }

  /// The parts that cost a song most, worst first: `loop 0.62 tempo 0.80`.
  private static func weakest(_ figures: SongFigures) -> String {
    let parts = Ranking.values(figures).filter { $0.value < 0.995 }.sorted {
      ($0.value, $0.key.rawValue) < ($1.value, $1.key.rawValue)
    }
    return parts.prefix(4).map { "\($0.key.rawValue) \(decimal($0.value, places: 2))" }
      .joined(separator: " ")
  }

  private static func json(_ song: Evaluated) -> JSONValue {
    var result = song.figures.json
    result["id"] = .string(song.id)
    result["source"] = .string(song.source)
    if let seed = song.header?.seed { result["seed"] = JSONValue(seed) }
    result["score"] = .number((song.score * 1e4).rounded() / 1e4)
    result["scores"] = .object(
      Dictionary(
        uniqueKeysWithValues: Ranking.values(song.figures).map {
          ($0.key.rawValue, .number(($0.value * 1e4).rounded() / 1e4))
        }))
    return .object(result)
  }
}
