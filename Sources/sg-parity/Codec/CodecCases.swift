import Diagnostics
import FoundationEssentials
import MusicCodec
import Neural
import Weights

/// The codec cases of a folder: `config.json` beside `model_septoken.safetensors`.
///
/// Every other safetensors file is tried by what tensors it has, whatever its name; sizes come from
/// the tensors, and what no tensor shows from `config.json`.
func codecCases(in path: String, pool: ThreadPool, report: @escaping ParityReport) throws {
  let files = CaseFiles(path: path)
  guard files.exists("config.json"), files.exists("model_septoken.safetensors") else { return }
  let set = try CodecSet(files, pool: pool)
  for file in try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  where file.hasSuffix(".safetensors") {
    let title = "\(files.name)/\(file.dropLast(12))"
    attempt(title, report) {
      let codec = CodecCase(
        set: set, tensors: try files.tensors(file), name: String(file.dropLast(12)), title: title,
        report: report)
      try codec.quantisers()
      try codec.estimator()
      try codec.solver()
      try codec.windows()
      try codec.autoencoder()
      try codec.statistics()
      try codec.generationTypes()
      try codec.oneTrack()
      try codec.officialSizes(files)
    }
  }
}

/// The models of a folder and what `config.json` says of them.
struct CodecSet {
  let pool: ThreadPool
  let flow: FlowModel
  let source: TensorFile
  /// The one-track model, if the folder has one.
  let single: FlowModel?
  let decoder: VAEDecoder?
  let encoder: VAEEncoder?
  let config: CodecSetConfig

  init(_ files: CaseFiles, pool: ThreadPool) throws {
    self.pool = pool
    config = try files.decode(CodecSetConfig.self, from: "config.json")
    source = try files.tensors("model_septoken.safetensors")
    flow = try FlowModel(source, heads: config.spec.dims.n_head)
    single =
      files.exists("model_1rvq.safetensors")
      ? try FlowModel(
        files.tensors("model_1rvq.safetensors"), heads: config.spec.dims_1rvq?.n_head) : nil
    guard files.exists("vae.safetensors"), files.exists("vae.json") else {
      (decoder, encoder) = (nil, nil)
      return
    }
    let layers = try VAEConfig(
      MappedFile(path: files.path + "/vae.json", name: "vae.json"))
    let weights = try files.tensors("vae.safetensors")
    decoder = try VAEDecoder(layers, weights)
    encoder = try VAEEncoder(layers, weights)
  }
}

/// `config.json` of a codec set, as far as tensors do not tell.
struct CodecSetConfig: Decodable {
  // The keys of the file.
  // swift-format-ignore: AlwaysUseLowerCamelCase
  struct Dims: Decodable {
    let n_head: Int
  }
  // swift-format-ignore: AlwaysUseLowerCamelCase
  struct Spec: Decodable {
    let dims: Dims
    let dims_1rvq: Dims?
  }
  // swift-format-ignore: AlwaysUseLowerCamelCase
  struct Case: Decodable {
    let incontext_length: Int?
    let guidance: Float?
    let steps: Int?
    let chunk_size: Int?
    let overlap: Int?
  }
  let spec: Spec
  let cases: [String: Case]
}

/// One file of reference tensors, and how to compare with it.
struct CodecCase {
  let set: CodecSet
  let tensors: TensorFile
  /// The file's name without extension, as `config.json` has it.
  let name: String
  let title: String
  let report: ParityReport

  var pool: ThreadPool { self.set.pool }

  /// Names that end with `suffix`, without it.
  func stems(_ suffix: String) -> [String] {
    tensors.names.filter { $0.hasSuffix(suffix) }.map { String($0.dropLast(suffix.count)) }
      .sorted()
  }

  /// A tensor as it lies in the file, all leading ones and sizes forgotten.
  func flat(_ name: String) throws -> [Float] { try tensors.array(name) }

  /// A tensor [1, channels, time] or [channels, time] as rows [time, channels].
  func rows(_ name: String) throws -> [Float] {
    let shape = try tensors.require(name).shape.suffix(2)
    let values = try flat(name)
    return transpose(values, rows: shape.first ?? 0, columns: shape.last ?? 0)
  }

  func codes(_ name: String) throws -> [UInt16] {
    try tensors.integers(name).map { UInt16(clamping: $0) }
  }

  func settings(_ part: String? = nil) -> CodecSetConfig.Case? {
    set.config.cases[part.map { "\(name).\($0)" } ?? name]
  }

  func compare(
    _ what: String, _ ours: some Collection<Float>, _ reference: [Float], _ tolerance: Double
  ) {
    report(
      ParityCase(
        name: "\(title) \(what)", difference: Comparison.difference(ours, reference),
        tolerance: tolerance))
  }

  func compare(_ what: String, codes ours: [UInt16], _ reference: [UInt16]) {
    report(
      ParityCase(
        name: "\(title) \(what)",
        difference: Comparison.mismatches(ours.map(Int.init), reference.map(Int.init)),
        tolerance: 0))
  }
}

/// [rows, columns] to [columns, rows].
func transpose(_ values: [Float], rows: Int, columns: Int) -> [Float] {
  var result = [Float](repeating: 0, count: values.count)
  for row in 0..<rows {
    for column in 0..<columns { result[column * rows + row] = values[row * columns + column] }
  }
  return result
}

/// The numbers of a buffer.
func numbers(_ buffer: FloatBuffer, _ count: Int? = nil) -> [Float] {
  withExtendedLifetime(buffer) { Array(buffer.elements.prefix(count ?? buffer.count)) }
}
