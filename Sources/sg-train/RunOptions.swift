import ArgumentParser
import Diagnostics
import SongStream
import ToolSupport
import TrainingRun

/// The options of a command that makes a run.
struct RunOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("A file of settings (sg-train(1) has the keys).", valueName: "file.json"),
    completion: .file(extensions: ["json"]))
  var config: String?

  @Option(
    help: ArgumentHelp(
      "The model directory to begin from (default: the embedded toy model).", valueName: "name|dir"),
    completion: .directory)
  var model: String?

  @Option(
    help: ArgumentHelp(
      "Songs of tokens to learn from; a kind may stand before the file. Can be repeated.",
      valueName: "[kind=]file.sgs"),
    completion: .file(extensions: ["sgs"]))
  var data: [String] = []

  @Option(help: ArgumentHelp("How many steps.", valueName: "n"))
  var steps: Int?

  @Option(help: ArgumentHelp("Seed of all draws.", valueName: "n"))
  var seed: Int?

  @Option(name: .shortAndLong, help: ArgumentHelp("The run's folder.", valueName: "dir"))
  var output: String

  @Flag(help: "Go on with the run in that folder.")
  var resume = false

  @OptionGroup var threads: ThreadOptions

  /// The settings: those of the file, overridden by the options; of a run that goes on, its own.
  func settings() throws -> (settings: TrainingSettings, json: JSONValue) {
    var object: [String: JSONValue] = [:]
    var name = "the options"
    if let config {
      let bytes = try InputFile(config, binary: false).readAll(limit: 1 << 20)
      let json: JSONValue
      do { json = try JSONValue(parsing: bytes) } catch {
        throw ToolFailure(.configuration, "'\(printable(config))': \(error.description)")
      }
      guard let members = json.object else {
        throw ToolFailure(.configuration, "'\(printable(config))' must be a JSON object")
      }
      (object, name) = (members, printable(config))
    } else if resume, case .object(let members) = try RunFolder.settings(of: output) {
      (object, name) = (members, printable(output))
    }
    if let model { object["model"] = .string(model) }
    if let steps { object["steps"] = .integer(Int64(steps)) }
    if let seed { object["seed"] = .integer(Int64(seed)) }
    if !data.isEmpty {
      var kinds: [String: [JSONValue]] = [:]
      for item in data {
        let parts = item.split(separator: "=", maxSplits: 1).map(String.init)
        let isNamed = parts.count == 2 && !parts[0].contains("/")
        kinds[isNamed ? parts[0] : "songs", default: []].append(
          .string(isNamed ? parts[1] : item))
      }
      object["data"] = .object(kinds.mapValues { .array($0) })
    }
    let json = JSONValue.object(object)
    return (try TrainingSettings(json: json, file: name), json)
  }

  /// The run's folder, for those settings.
  func folder(_ json: JSONValue) throws -> RunFolder {
    try RunFolder(
      output, settings: json, changeable: ["steps", "save", "log"],
      opening: resume ? .resume : .fresh)
  }
}
