import LeLM
import Neural
import TextTokens
import Weights

// swift-format-ignore: AlwaysUseLowerCamelCase
private struct OfficialCase: Decodable {
  var id: String
  var version: String
  var item: CaseItem
  var gen_type: String
}

/// `official_ids.*`: the ids of the official constants (code size 16384, official vocabulary), and
/// sampler steps over 16385 classes.
func officialCases(_ files: CaseFiles, _ report: ParityReport) throws {
  let tensors = try files.tensors("official_ids.safetensors")
  let base = try baseTokenizer(files)
  for item in try files.decode([OfficialCase].self, from: "official_ids.json") {
    let name = "\(files.name)/official \(item.id)"
    let version: RequestVersion = item.version == "v2" ? .v2 : .v1
    let expectedLyrics = try tensors.require("\(item.id).lyrics_ids")
    let expectedStyle = try tensors.require("\(item.id).style_ids")
    let text = LMText(
      lyrics: item.item.gt_lyric, description: item.item.descriptions,
      accompanimentOnly: item.gen_type == "bgm", version: version)
    let lyrics = try LyricsTokenizer(
      base: base, labels: officialLabels, version: version,
      maxLength: expectedLyrics.shape.last ?? 1
    ).rows(text)
    let style = try StyleTokenizer(
      base: base, version: version, maxLength: expectedStyle.shape.last ?? 1
    ).rows(text)
    for (what, ours) in [
      ("lyrics_ids", lyrics.ids), ("structure_ids", lyrics.structure), ("style_ids", style.ids),
    ] {
      report(
        ParityCase(
          name: "\(name).\(what)",
          difference: Comparison.mismatches(
            ours.joined().map(Int.init), try tensors.integers("\(item.id).\(what)")),
          tolerance: 0))
    }
    let hasPrompt = tensors.view("\(item.id).prompt_tokens") != nil
    let prompt =
      hasPrompt ? try PromptTokens(rows: rows(tensors, "\(item.id).prompt_tokens")) : nil
    let columns = PromptTokens.columns(prompt, codeSize: 16384, frames: 250)
    report(
      ParityCase(
        name: "\(name).prompt_ids",
        difference: Comparison.mismatches(
          columns.joined().joined().map(Int.init),
          try tensors.integers("\(item.id).prompt_ids")), tolerance: 0))
    let banned = Set((prompt?.rows[0] ?? []).filter { $0 < 16384 })
    for step in steps(of: item.id, in: tensors) {
      try samplerStep(
        "\(files.name)/official \(step)", tensors, step, SamplingOptions(), banned: banned, report)
    }
  }
}

/// The labels of the official configuration, in the order of their ids (lelm, section 3).
private let officialLabels =
  ["[verse]", "[chorus]", "[bridge]"]
  + ["intro", "outro", "inst"].flatMap { part in
    ["short", "medium", "long"].map { "[\(part)-\($0)]" }
  } + ["[silence]"]
