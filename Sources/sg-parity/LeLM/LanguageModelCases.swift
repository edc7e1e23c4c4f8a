import Diagnostics
import LeLM
import Neural
import TextTokens
import Weights

/// A LeLM reference set: a model folder with tensors beside it.
struct LanguageModelSet {
  let files: CaseFiles
  let directory: ModelDirectory
  let config: LeLMConfig
  let model: LanguageModel
  let text: TextConditions
  let pool: ThreadPool

  init(_ files: CaseFiles, pool: ThreadPool) throws {
    self.files = files
    self.pool = pool
    directory = try ModelDirectory(path: files.path)
    config = try LeLMConfig(directory.config)
    model = try LanguageModel(directory.tensors(.lm), config: config)
    text = try TextConditions(directory, config: config, styleRows: model.styleRows)
  }
}

/// Every language model case of a folder.
func languageModelCases(in path: String, pool: ThreadPool, report: ParityReport) {
  let files = CaseFiles(path: path)
  func run(_ file: String, _ what: String, _ cases: () throws -> Void) {
    if files.exists(file) { attempt("\(files.name)/\(what)", report, cases) }
  }
  run("preprocess_cases.json", "preprocess") { try preprocessCases(files, report) }
  run("tokenizer_cases.json", "tokenizer") { try tokenizerCases(files, report) }
  run("official_ids.safetensors", "official") { try officialCases(files, report) }
  run("pattern.safetensors", "pattern") { try patternCases(files, report) }
  guard files.exists("config.yaml") else { return }
  run("model.safetensors", "model") {
    let set = try LanguageModelSet(files, pool: pool)
    run("conditions.safetensors", "conditions") { try conditionCases(set, report) }
    run("forward.safetensors", "forward") { try forwardCases(set, report) }
    run("sampler.safetensors", "sampler") {
      try samplerCases(files.name, files.tensors("sampler.safetensors"), set, report)
    }
    run("generate.safetensors", "generate") { try generateCases(set, report) }
  }
}
