import Diagnostics
import Neural
import Separation
import Weights

/// The official widths with weights made by formula (`full_htdemucs`), seed in `manifest_full.json`.
func officialSeparation(_ files: CaseFiles, pool: ThreadPool, report: ParityReport) throws {
  // swift-format-ignore: AlwaysUseLowerCamelCase
  struct Manifest: Decodable {
    let htdemucs_seed: UInt64
  }
  let seed = try files.decode(Manifest.self, from: "manifest_full.json").htdemucs_seed
  let tensors = try files.tensors("full_htdemucs.safetensors")
  let source = FormulaSeparation(seed: seed)
  func compare(_ what: String, _ ours: [Float], _ tolerance: Double) throws {
    report(
      ParityCase(
        name: "\(files.name)/full_htdemucs \(what)",
        difference: Comparison.difference(ours, try tensors.array(what)), tolerance: tolerance))
  }
  for (name, key) in [
    ("freq_emb", "freq_emb.embedding.weight"),
    ("crosstransformer.layers.1.gamma_1.scale", "crosstransformer.layers.1.gamma_1.scale"),
  ] {
    let values = try source.tensor(key, shape: source.shape(of: key) ?? [])
    try compare("check.\(name).first8", Array(values.array.prefix(8)), 0)
  }

  let model = try HTDemucs(source)
  let base = try tensors.array("base")
  let (length, repeats) = (base.count / 2, 20)
  let samples = FloatBuffer(count: length * repeats * 2)
  for index in 0..<length * repeats {
    let factor: Float = [1, 0.5, 0.25, 0.75][index / length % 4]
    for channel in 0..<2 {
      samples[2 * index + channel] = factor * base[channel * length + index % length]
    }
  }
  guard length * repeats == model.shape.segment else {
    throw WeightsFailure(.data, "base is not a twentieth of a segment")
  }
  let outputs = model.separate(samples.base, stems: Array(model.shape.stems.indices), pool)
  func picked(_ indices: [Int]) -> [Float] {
    outputs.flatMap { stem in
      (0..<2).flatMap { channel in indices.map { stem[2 * $0 + channel] } }
    }
  }
  let segment = model.shape.segment
  try compare("out.head", picked(Array(0..<1500)), 5e-5)
  try compare("out.tail", picked(Array(segment - 1500..<segment)), 5e-5)
  try compare("out.every97", picked(Array(stride(from: 0, to: segment, by: 97))), 5e-5)
}
