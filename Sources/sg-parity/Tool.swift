import ArgumentParser
import Diagnostics
import FoundationEssentials
import Neural
import ToolSupport
import Weights

/// Compares this implementation with tensors of the reference.
@main
struct Parity: SongTool {
  static let configuration = CommandConfiguration.tool(
    "sg-parity",
    abstract: "Compare the numerics with tensors of the reference.",
    discussion: """
      Walks the folders and runs every case that it recognises by its files: language model sets \
      (config.yaml beside conditions, forward, generate, pattern and sampler files), text sets, \
      codec sets (config.json beside model_septoken.safetensors), encoder sets \
      (encoder_mixed.safetensors beside mel, conformer, e2e files), separation sets \
      (manifest_htdemucs.json beside htdemucs_weights.safetensors) and model directories with an \
      example/parity.safetensors. Prints a line for each case with its largest difference, and \
      last 'N passed, N failed'. Exits 1 if a case failed or none was found.
      """,
    examples: ["sg-parity golden/lelm golden/codec-decode"])

  @OptionGroup var common: CommonOptions
  @OptionGroup var threads: ThreadOptions
  @OptionGroup var reproducible: ReproducibleOption

  @Option(help: "Run only the cases whose name contains this text.")
  var filter: String?

  @Argument(help: ArgumentHelp("Folders of reference tensors.", valueName: "dir"))
  var directories: [String]

  mutating func work(_ console: Console) throws {
    try reproducible.apply { Reproducibility.hold(.languageModel) }
    let pool = ThreadPool(threads: threads.threads ?? ThreadPool.availableThreads())
    var (passed, failed) = (0, 0)
    let filter = filter
    let output = StandardOutput()
    let report: ParityReport = { result in
      if let filter, !result.name.contains(filter) { return }
      try? output.line(result.line)
      if result.passed { passed += 1 } else { failed += 1 }
    }
    for directory in directories {
      if (try? FileManager.default.contentsOfDirectory(atPath: directory)) == nil {
        attempt(directory, report) { throw ToolFailure(.noInput, "there is no such directory") }
      }
      for folder in Self.folders(under: directory) {
        let name = CaseFiles(path: folder).name
        languageModelCases(in: folder, pool: pool, report: report)
        attempt("\(name)/codec", report) {
          try codecCases(in: folder, pool: pool, report: report)
        }
        attempt("\(name)/encoder", report) {
          try encoderCases(in: folder, pool: pool, report: report)
        }
        attempt("\(name)/separation", report) {
          try separationCases(in: folder, pool: pool, report: report)
        }
        attempt("\(name)/example", report) {
          try modelExampleCases(in: folder, pool: pool, report: report)
        }
        attempt("\(name)/example codec", report) {
          try defaultModelCodecCases(in: folder, pool: pool, report: report)
        }
      }
    }
    try output.line("\(passed) passed, \(failed) failed")
    if failed > 0 || passed == 0 { throw ExitCode(1) }
  }

  /// `path` and the folders below it, in order, three levels deep.
  static func folders(under path: String, depth: Int = 3) -> [String] {
    var result = [path]
    guard depth > 0,
      let names = try? FileManager.default.contentsOfDirectory(atPath: path)
    else { return result }
    for name in names.sorted() where !name.hasPrefix(".") {
      var isDirectory = false
      let child = path + "/" + name
      if FileManager.default.fileExists(atPath: child, isDirectory: &isDirectory), isDirectory {
        result += folders(under: child, depth: depth - 1)
      }
    }
    return result
  }
}
