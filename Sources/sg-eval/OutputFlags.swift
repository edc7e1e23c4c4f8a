import ArgumentParser
import SongEvaluation

/// What becomes of the figures.
struct OutputFlags: ParsableArguments {
  @Flag(help: "Print a JSON object per song, one line each.")
  var json = false

  @Flag(help: "Print a line per song when all are read, the best first.")
  var rank = false

  @Flag(help: "Write the best song of each request on as a stream, and no figures.")
  var best = false

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Where --best writes (default: standard output).", valueName: "file"),
    completion: .file(extensions: ["sgs"]))
  var output: String?

  @Option(
    help: ArgumentHelp("Write a report that a browser shows, all in one file.", valueName: "file"),
    completion: .file(extensions: ["html"]))
  var html: String?

  @Option(
    help: ArgumentHelp(
      "How much a part of the score counts, repeatable: \(Self.parts).", valueName: "part=weight"))
  var weight: [PartWeight] = []

  private static let parts = Ranking.Part.allCases.map(\.rawValue).joined(separator: ", ")

  mutating func validate() throws {
    if best, json || rank {
      throw ValidationError(
        "'--best' and '\(json ? "--json" : "--rank")' exclude each other; remove one")
    }
    if output != nil, !best {
      throw ValidationError("'--output' goes with '--best' only; remove it")
    }
    var parts: Set<Ranking.Part> = []
    for weight in weight where !parts.insert(weight.part).inserted {
      throw ValidationError("'--weight \(weight.part.rawValue)' is given twice")
    }
  }

  /// The ranking with the weights given.
  var ranking: Ranking {
    var ranking = Ranking()
    for weight in weight { ranking.weights[weight.part] = weight.weight }
    return ranking
  }
}

/// `--weight`: `loop=2`.
struct PartWeight: ExpressibleByArgument {
  let part: Ranking.Part
  let weight: Double

  init?(argument: String) {
    let sides = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard sides.count == 2, let part = Ranking.Part(rawValue: String(sides[0])),
      let weight = Double(sides[1]), (0...1000).contains(weight)
    else { return nil }
    self.part = part
    self.weight = weight
  }
}
