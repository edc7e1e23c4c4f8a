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
func languageModelCases(in path: String, pool: ThreadPool, report: ParityReport) throws {
  let files = CaseFiles(path: path)
  if files.exists("preprocess_cases.json") { try preprocessCases(files, report) }
  if files.exists("tokenizer_cases.json") { try tokenizerCases(files, report) }
  if files.exists("official_ids.safetensors") { try officialCases(files, report) }
  if files.exists("pattern.safetensors") { try patternCases(files, report) }
  guard files.exists("config.yaml"), files.exists("model.safetensors") else { return }
  let set = try LanguageModelSet(files, pool: pool)
  if files.exists("conditions.safetensors") { try conditionCases(set, report) }
  if files.exists("forward.safetensors") { try forwardCases(set, report) }
  if files.exists("sampler.safetensors") {
    try samplerCases(set.files.name, set.files.tensors("sampler.safetensors"), set, report)
  }
  if files.exists("generate.safetensors") { try generateCases(set, report) }
}
