import Diagnostics
import FoundationEssentials
import Neural
import Separation
import Weights

/// The separation cases of a folder: `htdemucs_weights.safetensors` beside `manifest_htdemucs.json`, and
/// the official widths, `full_htdemucs.safetensors` beside `manifest_full.json`.
func separationCases(in path: String, pool: ThreadPool, report: @escaping ParityReport) throws {
  let files = CaseFiles(path: path)
  if files.exists("htdemucs_weights.safetensors"), files.exists("manifest_htdemucs.json") {
    let set = try files.decode(SeparationSet.self, from: "manifest_htdemucs.json")
    let model = try HTDemucs(
      files.tensors("htdemucs_weights.safetensors"),
      HTDemucsShape.Settings(heads: set.config.t_heads, segment: set.segment_samples))
    func run(_ name: String, _ body: (SeparationCase) throws -> Void) {
      guard files.exists("\(name).safetensors") else { return }
      let title = "\(files.name)/\(name)"
      attempt(title, report) {
        try body(
          SeparationCase(
            set: set, model: model, tensors: files.tensors("\(name).safetensors"), title: title,
            pool: pool, report: report))
      }
    }
    run("htdemucs_forward") { try $0.forward() }
    run("htdemucs_apply") { try $0.songs() }
  }
  if files.exists("full_htdemucs.safetensors"), files.exists("manifest_full.json") {
    attempt("\(files.name)/full_htdemucs", report) {
      try officialSeparation(files, pool: pool, report: report)
    }
  }
}

/// `manifest_htdemucs.json`, as far as tensors do not tell.
struct SeparationSet: Decodable {
  // The keys of the file.
  // swift-format-ignore: AlwaysUseLowerCamelCase
  struct Config: Decodable {
    let t_heads: Int
  }
  struct Offset: Decodable {
    let offset: Int
  }
  let config: Config
  // swift-format-ignore: AlwaysUseLowerCamelCase
  let segment_samples: Int
  // swift-format-ignore: AlwaysUseLowerCamelCase
  let shift_draw: Offset
  let separate: Offset
}

/// One file of reference tensors of the separation network.
struct SeparationCase {
  let set: SeparationSet
  let model: HTDemucs
  let tensors: TensorFile
  let title: String
  let pool: ThreadPool
  let report: ParityReport

  static let tolerance = 1e-5

  func compare(
    _ what: String, _ ours: some Collection<Float>, _ reference: [Float],
    _ tolerance: Double = tolerance
  ) {
    report(
      ParityCase(
        name: "\(title) \(what)", difference: Comparison.difference(ours, reference),
        tolerance: tolerance))
  }

  /// A tensor [..., 2, frames] as interleaved stereo: item `item` of what comes before.
  func stereo(_ name: String, _ item: Int = 0) throws -> [Float] {
    let frames = try tensors.require(name).shape.last ?? 0
    let values = try tensors.array(name)
    return transpose(
      Array(values[item * 2 * frames..<(item + 1) * 2 * frames]), rows: 2, columns: frames)
  }
}
