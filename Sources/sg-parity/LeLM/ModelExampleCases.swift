import Diagnostics
import FoundationEssentials
import LeLM
import Neural
import TextTokens
import Weights

/// A model directory with `example/parity.safetensors` and `example/request.jsonl`.
func modelExampleCases(in path: String, pool: ThreadPool, report: ParityReport) throws {
  let files = CaseFiles(path: path)
  guard files.exists("config.yaml"), files.exists("example/parity.safetensors") else { return }
  let tensors = try files.tensors("example/parity.safetensors")
  let set = try LanguageModelSet(files, pool: pool)
  let item = try files.decode(CaseItem.self, from: "example/request.jsonl")
  let name = "\(files.name)/example"

  func text(_ lyrics: String) -> LMText {
    LMText(
      lyrics: lyrics, description: item.descriptions, accompanimentOnly: false,
      version: set.text.version)
  }
  let request = text(item.gt_lyric)
  for (what, row) in [
    ("lyrics_ids", set.text.lyrics.rows(request).ids[0]),
    ("structure_ids", set.text.lyrics.rows(request).structure[0]),
    ("style_ids", set.text.style.rows(request).ids[0]),
  ] {
    let expected = try tensors.integers(what)
    report(
      ParityCase(
        name: "\(name) \(what)",
        difference: Comparison.mismatches(row.prefix(expected.count).map(Int.init), expected),
        tolerance: 0))
  }

  // The short request of the forward and greedy tensors.
  let short = text("[verse] S AH M ER R IH V ER")
  let sequence = try rows(tensors, "forward.sequence")
  let columns = sequence[0].count
  let classes = set.config.codeSize + 1
  let all = try logits(
    set, set.model.prefixes(set.text.ids(short, prompt: nil)), sequence, chunks: [columns],
    probe: nil)
  // The file holds every sixth column.
  var thinned: [Float] = []
  for row in 0..<6 {
    for column in stride(from: 0, to: columns, by: 6) {
      let first = (row * columns + column) * classes
      thinned += all[first..<first + classes]
    }
  }
  report(
    ParityCase(
      name: "\(name) forward.logits",
      difference: Comparison.difference(
        thinned, try tensors.floats("forward.logits")), tolerance: 2e-4))

  func song(_ text: LMText, frames: Int, greedy: Bool) throws -> [[Int32]] {
    // Element c of the file's uniforms is the draw of column c; ours begin with column 1.
    let uniforms = Array(try tensors.doubles("uniforms").dropFirst())
    return try collect(
      SongGenerator(
        model: set.model, conditions: set.text.ids(text, prompt: nil), frames: frames,
        options: SamplingOptions(
          temperature: 0.5, topK: 20, guidance: 1.5, penalty: false, greedy: greedy),
        banned: [], uniforms: .given(uniforms), pool: pool))
  }
  let cases: [(String, [[Int32]], [[Int32]])] = [
    (
      "greedy.tokens", try song(short, frames: 200, greedy: true),
      try rows(tensors, "greedy.tokens")
    ),
    (
      "greedy_example.tokens", try song(request, frames: set.config.maxFrames, greedy: true),
      try rows(tensors, "greedy_example.tokens")
    ),
    (
      "tokens.npy", try song(request, frames: set.config.maxFrames, greedy: false),
      try npyRows(path + "/example/tokens.npy")
    ),
  ]
  for (what, ours, expected) in cases {
    report(
      ParityCase(
        name: "\(name) \(what)",
        difference: Comparison.mismatches(
          ours.joined().map(Int.init), expected.joined().map(Int.init)), tolerance: 0))
  }
}

/// The three rows of an int32 .npy file of shape [3, n].
private func npyRows(_ path: String) throws -> [[Int32]] {
  let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
  guard bytes.count >= 10 else { return [] }
  let start = 10 + Int(bytes[8]) + Int(bytes[9]) << 8
  let values = bytes.withUnsafeBytes { raw in
    stride(from: start, to: bytes.count - 3, by: 4).map { offset in
      Int32(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: Int32.self))
    }
  }
  let length = values.count / 3
  return (0..<3).map { Array(values[$0 * length..<($0 + 1) * length]) }
}
