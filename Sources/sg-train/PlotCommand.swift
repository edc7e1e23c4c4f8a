import ArgumentParser
import Diagnostics
import Pictures
import ToolSupport
import TrainingRun

/// `sg-train plot`
struct PlotCommand: TrainCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot", abstract: "Draw the losses of runs against their steps.",
    discussion: "A file that ends in .svg becomes a drawing without pixels, any other a PNG.")

  @OptionGroup var common: CommonOptions

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The picture.", valueName: "file.png|file.svg"),
    completion: .file(extensions: ["png", "svg"]))
  var output: String

  @Option(
    help: ArgumentHelp(
      "Draw this loss only. Can be repeated. (default: all)", valueName: "name"))
  var loss: [String] = []

  @Argument(help: "Runs, or their logs.", completion: .directory)
  var runs: [String]

  func validate() throws {
    if runs.isEmpty { throw ValidationError("give a run") }
  }

  mutating func work(_ console: Console) throws {
    var curves: [Curve] = []
    var known: Set<String> = []
    for (run, title) in zip(runs, Self.titles(runs)) {
      var points: [String: [(x: Double, y: Double)]] = [:]
      for entry in try RunLog.read(run) {
        for (name, value) in entry.losses {
          points[name, default: []].append((Double(entry.step), value))
        }
      }
      known.formUnion(points.keys)
      for (name, points) in points.sorted(by: { $0.key < $1.key })
      where loss.isEmpty || loss.contains(name) {
        let parts = [runs.count > 1 ? title : "", loss.count == 1 ? "" : name]
        let label = parts.filter { !$0.isEmpty }.joined(separator: " ")
        curves.append(
          Curve(name: printable(label.isEmpty ? name : label, limit: 60), points: points))
      }
    }
    if let missing = loss.first(where: { !known.contains($0) }) {
      throw ToolFailure(
        .usage,
        "no run has a loss '\(printable(missing))'; there are: "
          + known.sorted().map { printable($0) }.joined(separator: ", "))
    }
    let picture = CurvePicture(
      title: Self.titles(runs).map { printable($0, limit: 40) }.joined(separator: ", "),
      across: "steps", upwards: loss.count == 1 ? printable(loss[0], limit: 60) : "loss",
      curves: curves)
    let isDrawing = output.hasSuffix(".svg")
    let bytes = isDrawing ? Array(try picture.svg().utf8) : try picture.draw().png()
    let file = try OutputFile(output, binary: !isDrawing)
    try bytes.withUnsafeBytes { try file.write($0) }
    try file.commit()
  }

  /// The runs in short: the last parts of their paths, as many as tell them apart.
  private static func titles(_ runs: [String]) -> [String] {
    let parts = runs.map { $0.split(separator: "/").filter { $0 != "log.jsonl" && $0 != "." } }
    let most = parts.map(\.count).max() ?? 1
    for count in 1...max(1, most) {
      let titles = parts.map { $0.suffix(count).joined(separator: "/") }
      if Set(titles).count == runs.count || count == most { return titles }
    }
    return runs
  }
}
