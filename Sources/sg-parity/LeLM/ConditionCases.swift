import LeLM
import Neural
import TextTokens
import Weights

/// A request of `conditions.json`.
struct ConditionCase: Decodable {
  var id: String
  var item: CaseItem
  // swift-format-ignore: AlwaysUseLowerCamelCase
  var gen_type: String
  var prompt: String?
}

extension LanguageModelSet {
  /// The requests of this set by their ids.
  func requests() throws -> [ConditionCase] {
    try files.decode([ConditionCase].self, from: "conditions.json")
  }

  /// The prompt of a request as given to the model.
  func prompt(_ request: ConditionCase, _ tensors: TensorFile) throws -> PromptTokens? {
    guard let name = request.prompt else { return nil }
    return try PromptTokens(rows: rows(tensors, "prompt.\(name)"))
  }

  /// The condition ids of a request, from its text and prompt.
  func ids(_ request: ConditionCase, _ tensors: TensorFile) throws -> ConditionIDs {
    let content = LMText(
      lyrics: request.item.gt_lyric, description: request.item.descriptions,
      accompanimentOnly: request.gen_type == "bgm", version: text.version)
    return text.ids(content, prompt: try prompt(request, tensors))
  }
}

/// A tensor [..., 3, n] of integers as three rows.
func rows(_ tensors: TensorFile, _ name: String) throws -> [[Int32]] {
  let values = try tensors.integers(name).map(Int32.init)
  let length = values.count / 3
  return (0..<3).map { Array(values[$0 * length..<($0 + 1) * length]) }
}

/// `conditions.*`: ids, section indices, prompt columns and both prefixes.
func conditionCases(_ set: LanguageModelSet, _ report: ParityReport) throws {
  let tensors = try set.files.tensors("conditions.safetensors")
  for request in try set.requests() {
    let ids = try set.ids(request, tensors)
    for (what, ours) in [
      ("lyrics_ids", ids.lyrics.joined().map(Int.init)),
      ("structure_ids", ids.structure.joined().map(Int.init)),
      ("style_ids", ids.style.joined().map(Int.init)),
      ("prompt_ids", ids.prompt.joined().joined().map(Int.init)),
    ] where tensors.view("\(request.id).\(what)") != nil {
      report(
        ParityCase(
          name: "\(set.files.name)/conditions \(request.id).\(what)",
          difference: Comparison.mismatches(ours, try tensors.integers("\(request.id).\(what)")),
          tolerance: 0))
    }
    let (mixed, dual) = try set.model.prefixes(ids)
    for (what, ours) in [("prefix1", mixed), ("prefix2", dual)]
    where tensors.view("\(request.id).\(what)") != nil {
      report(
        ParityCase(
          name: "\(set.files.name)/conditions \(request.id).\(what)",
          difference: Comparison.difference(
            ours, try tensors.floats("\(request.id).\(what)")), tolerance: 0))
    }
  }
}
