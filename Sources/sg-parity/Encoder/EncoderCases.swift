import Diagnostics
import FoundationEssentials
import MusicCodec
import Neural
import Weights

/// The encoder cases of a folder, by the names of its files: weights in `encoder_mixed.safetensors` and
/// `encoder_sep.safetensors`, and a file for each stage.
func encoderCases(in path: String, pool: ThreadPool, report: @escaping ParityReport) throws {
  let files = CaseFiles(path: path)
  if files.exists("full_encoder.safetensors") {
    attempt("\(files.name)/full_encoder", report) {
      try EncoderCase(files, "full_encoder", nil, pool, report).officialSizes()
    }
  }
  if files.exists("resample.safetensors") {
    attempt("\(files.name)/resample", report) {
      try EncoderCase(files, "resample", nil, pool, report).resampling()
    }
  }
  guard files.exists("encoder_mixed.safetensors") else { return }
  let set = EncoderSet(
    mixed: try files.tensors("encoder_mixed.safetensors"),
    separate: files.exists("encoder_sep.safetensors")
      ? try files.tensors("encoder_sep.safetensors") : nil)
  for (name, run) in [
    ("mel", { try $0.mel() }), ("subsample", { try $0.subsampling() }),
    ("conformer", { try $0.conformer() }), ("rvq", { try $0.quantisers() }),
    ("e2e", { try $0.songs() }), ("e2e_stages", { try $0.stages() }),
  ] as [(String, (EncoderCase) throws -> Void)] where files.exists(name + ".safetensors") {
    attempt("\(files.name)/\(name)", report) {
      try run(EncoderCase(files, name, set, pool, report))
    }
  }
}

/// The weights of a set.
struct EncoderSet {
  let mixed: TensorFile
  /// The two-track file, where the set has it.
  let separate: TensorFile?
}

/// One file of reference tensors of the encoder, and how to compare with it.
struct EncoderCase {
  let files: CaseFiles
  let tensors: TensorFile
  let name: String
  private let weights: EncoderSet?
  let pool: ThreadPool
  let report: ParityReport

  init(
    _ files: CaseFiles, _ name: String, _ weights: EncoderSet?, _ pool: ThreadPool,
    _ report: @escaping ParityReport
  ) throws {
    self.files = files
    self.name = name
    self.weights = weights
    self.pool = pool
    self.report = report
    tensors = try files.tensors(name + ".safetensors")
  }

  var models: EncoderSet {
    get throws {
      guard let weights else { throw WeightsFailure(.data, "the set has no weights") }
      return weights
    }
  }

  /// Names that end with `suffix`, without it.
  func stems(_ suffix: String) -> [String] {
    tensors.names.filter { $0.hasSuffix(suffix) }.map { String($0.dropLast(suffix.count)) }
      .sorted()
  }

  /// The items of a batch: a tensor [batch, …] in as many arrays.
  func items(_ name: String) throws -> [[Float]] {
    let shape = try tensors.require(name).shape
    let values = try tensors.array(name)
    let batch = max(1, shape.first ?? 1)
    let size = values.count / batch
    return (0..<batch).map { Array(values[$0 * size..<($0 + 1) * size]) }
  }

  /// The items of a batch [batch, channels, time], each as rows [time, channels].
  func rows(_ name: String) throws -> [[Float]] {
    let shape = try tensors.require(name).shape.suffix(2)
    return try items(name).map {
      transpose($0, rows: shape.first ?? 0, columns: shape.last ?? 0)
    }
  }

  func compare(
    _ what: String, _ ours: some Collection<Float>, _ reference: [Float], _ tolerance: Double
  ) {
    report(
      ParityCase(
        name: "\(files.name)/\(name) \(what)", difference: Comparison.difference(ours, reference),
        tolerance: tolerance))
  }

  /// Codes must be equal wherever the reference's two nearest codes are not nearly the same distance
  /// away.
  func compare(_ what: String, codes ours: [UInt16], _ reference: [Int], margin: [Float]) {
    let same = ours.count == reference.count && reference.count <= margin.count
    let clear = reference.indices.filter { margin[min($0, margin.count - 1)] >= 1e-4 }
    report(
      ParityCase(
        name: "\(files.name)/\(name) \(what)",
        difference: same
          ? Comparison.mismatches(clear.map { Int(ours[$0]) }, clear.map { reference[$0] })
          : .infinity,
        tolerance: 0))
  }
}
