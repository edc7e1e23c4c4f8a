import FoundationEssentials
import TextTokens

// swift-format-ignore: AlwaysUseLowerCamelCase
private struct PreprocessCase: Decodable {
  var item: CaseItem
  var version: String
  var gen_type: String
  var lyrics_text: String?
  var style_text: String?
  var null_lyrics: String?
  var null_style: String?
  var auto_prompt_lang: String?
}

/// `preprocess_cases.json`: requests to the texts that the language model reads.
func preprocessCases(_ files: CaseFiles, _ report: ParityReport) throws {
  let cases = try files.decode([PreprocessCase].self, from: "preprocess_cases.json")
  for (index, item) in cases.enumerated() {
    let version: RequestVersion = item.version == "v2" ? .v2 : .v1
    let text = LMText(
      lyrics: item.item.gt_lyric, description: item.item.descriptions,
      accompanimentOnly: item.gen_type == "bgm", version: version)
    let language = AutoPromptLanguage(lyrics: item.item.gt_lyric)?.rawValue
    let same =
      same(text.lyrics, item.lyrics_text) && same(text.style, item.style_text)
      && same(text.nullLyrics, item.null_lyrics) && same(text.nullStyle, item.null_style)
      && (item.auto_prompt_lang == nil || language == item.auto_prompt_lang)
    report(
      ParityCase(
        name: "\(files.name)/preprocess[\(index)] \(item.version) \(item.gen_type)",
        difference: same ? 0 : 1, tolerance: 0))
  }
}

/// Equal scalar by scalar: `==` on strings would take canonical equivalents for equal.
private func same(_ a: String?, _ b: String?) -> Bool {
  switch (a, b) {
  case (nil, nil): true
  case (let a?, let b?): Array(a.utf8) == Array(b.utf8)
  default: false
  }
}
