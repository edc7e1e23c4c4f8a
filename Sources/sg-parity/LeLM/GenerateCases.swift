import LeLM
import Neural
import Weights

// swift-format-ignore: AlwaysUseLowerCamelCase
private struct GenerateCase: Decodable {
  var name: String
  var request: String
  var max_frames: Int
  var use_sampling: Bool
  var cfg_coef: Double
  var temperature: Double
  var top_k: Int
  var record_tokens: Bool
  var record_window: Int
}

/// `generate.*`: whole songs, token by token, stopping early and not.
func generateCases(_ set: LanguageModelSet, _ report: ParityReport) throws {
  let tensors = try set.files.tensors("generate.safetensors")
  let conditions = try set.files.tensors("conditions.safetensors")
  let requests = try set.requests()
  for item in try set.files.decode([GenerateCase].self, from: "generate.json") {
    guard let request = requests.first(where: { $0.id == item.request }) else { continue }
    var model = set.model
    if tensors.view("\(item.name).override.rows") != nil {
      model = model.overridingEndRows(try tensors.floats("\(item.name).override.rows"))
    }
    let options = SamplingOptions(
      temperature: item.temperature, topK: item.top_k, guidance: item.cfg_coef,
      penalty: item.record_tokens, penaltyWindow: item.record_window, greedy: !item.use_sampling)
    let uniforms: UniformSource =
      tensors.view("\(item.name).uniforms") != nil
      ? .given(try tensors.doubles("\(item.name).uniforms")) : .seed(0)
    let banned = try set.prompt(request, conditions).map { Set($0.rows[0]) } ?? []
    for stopsEarly in [true, false] {
      let generator = SongGenerator(
        model: model, conditions: try set.ids(request, conditions), frames: item.max_frames,
        options: options, banned: banned, uniforms: uniforms, pool: set.pool)
      generator.stopsEarly = stopsEarly
      let tokens = try collect(generator)
      let expected = try rows(tensors, stopsEarly ? "\(item.name).tokens" : "\(item.name).raw")
      let ours = stopsEarly ? tokens : generator.untrimmed
      report(
        ParityCase(
          name: "\(set.files.name)/generate \(item.name).\(stopsEarly ? "tokens" : "raw")",
          difference: Comparison.mismatches(
            ours.joined().map(Int.init), expected.joined().map(Int.init)), tolerance: 0))
    }
  }
}

/// Runs a generator to its end: [3][frames], the mixed row cut to the song.
func collect(_ generator: SongGenerator) throws -> [[Int32]] {
  var tokens: [[Int32]] = [[], [], []]
  let ending = try generator.run { event in
    switch event {
    case .mixed(let token): tokens[0].append(token)
    case .dual(let vocal, let accompaniment):
      tokens[1].append(vocal)
      tokens[2].append(accompaniment)
    }
  }
  return tokens.map { Array($0.prefix(ending.frames)) }
}
