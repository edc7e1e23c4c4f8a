import Diagnostics
import FoundationEssentials
import MusicCodec
import Neural
import Weights

/// A model directory with `example/parity.safetensors` and `example/tokens.npy`: noise to latents to the
/// first second.
func defaultModelCodecCases(in path: String, pool: ThreadPool, report: ParityReport) throws {
  let files = CaseFiles(path: path)
  guard files.exists("config.yaml"), files.exists("example/parity.safetensors"),
    files.exists("example/tokens.npy")
  else { return }
  let tensors = try files.tensors("example/parity.safetensors")
  guard tensors.view("noise") != nil, tensors.view("latents") != nil else { return }
  let model = try ModelDirectory(path: path)
  // A model without a manifest does not say how many heads its flow network has; the toy has 4.
  let flow = try FlowModel(model.tensors(.codec), heads: model.manifest?.flow?.heads ?? 4)
  let decoder = try VAEDecoder(VAEConfig(model.file(.vaeConfig)), model.tensors(.vae))
  let tokens = try rows(
    MappedFile(path: path + "/example/tokens.npy", name: "tokens.npy"))
  let noise = try tensors.array("noise")
  let plan = WindowPlan(size: noise.count / flow.shape.latent)
  let windowed = WindowedFlow(
    flow, plan: plan, settings: FlowSettings(), beginning: WindowedFlow.Beginning(), pool: pool
  ) { (_: Int) throws(CodecFailure) in noise }
  let window = try windowed.next(
    tokens.dropFirst().map { row in (0..<plan.size).map { row[$0 % row.count] } })
  func compare(_ name: String, _ ours: [Float], _ tolerance: Double) throws {
    let shape = try tensors.require(name).shape.suffix(2)
    let reference = transpose(
      try tensors.array(name), rows: shape.first ?? 0, columns: shape.last ?? 0)
    report(
      ParityCase(
        name: "\(files.name)/example \(name)",
        difference: Comparison.difference(ours.prefix(reference.count), reference),
        tolerance: tolerance))
  }
  try compare("latents", window.latents, 2e-4)
  try compare("audio_first_second", decoder.decode(window.latents, pool: pool), 3e-5)
}

/// The rows of a NumPy file with i32 [3, T], as the example has it.
private func rows(_ file: MappedFile) throws -> [[UInt16]] {
  let bytes = file.bytes
  guard bytes.count > 10 else {
    throw WeightsFailure(.data, "\(file.name): is too short for a NumPy file")
  }
  let start =
    10 + Int(UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt16.self)))
  let count = (bytes.count - start) / 12
  return (0..<3).map { row in
    (0..<count).map { column in
      let offset = start + (row * count + column) * 4
      return UInt16(
        clamping: Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Int32.self)))
    }
  }
}
