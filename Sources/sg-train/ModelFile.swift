import ArgumentParser
import Diagnostics
import Gradients
import LeLMTraining
import Neural
import ToolSupport
import Weights

/// How the numbers of a model are written. Norms and biases are always f32.
enum ExportForm: String, ExpressibleByArgument, CaseIterable {
  case f32
  case f16
  /// Matrices and tables of tokens packed with 8 bits, tables of text f16.
  case q8
}

extension TrainableModel {
  /// Writes the parameters as a safetensors file with the official names.
  func write(to path: String, as form: ExportForm) throws {
    let tensors = try parameters.parameters.flatMap { try StoredTensor.all(of: $0, as: form) }
    let layout = try SafetensorsLayout(tensors.map(\.spec), metadata: ["format": "pt"])
    let byName = Dictionary(uniqueKeysWithValues: tensors.map { ($0.spec.name, $0) })
    let file = try OutputFile(path)
    try layout.header.withUnsafeBytes { try file.write($0) }
    for spec in layout.tensors {
      guard let tensor = byName[spec.name] else { continue }
      try tensor.bytes.withUnsafeBytes { try file.write($0) }
    }
    try file.commit()
  }
}

/// A tensor and its bytes.
private struct StoredTensor {
  let spec: TensorSpec
  let bytes: [UInt8]

  /// What a parameter is written as: one tensor, or integers and their scales.
  static func all(of parameter: Parameter, as form: ExportForm) throws -> [StoredTensor] {
    let name = "audiolm." + parameter.name
    let shape = parameter.shape
    let isSmall = shape.count == 1 || shape[0] == 1
    let isText =
      name.contains("output_proj") || name.contains("structure_emb")
    guard form == .q8, !isSmall, !isText else {
      let type: TensorType = form == .f32 || isSmall ? .f32 : .f16
      let spec = TensorSpec(name: name, type: type, shape: shape)
      var bytes = [UInt8](repeating: 0, count: parameter.value.count * type.size)
      let fits = withExtendedLifetime(parameter.value) {
        bytes.withUnsafeMutableBytes {
          TensorEncoder.encode(UnsafeBufferPointer(parameter.value.elements), as: type, into: $0)
        }
      }
      guard fits else {
        throw ToolFailure(.software, "internal error: '\(name)' cannot be written")
      }
      return [StoredTensor(spec: spec, bytes: bytes)]
    }
    let matrix = PackedMatrix(
      WeightMatrix(rows: shape[0], columns: shape[1], parameter.value), as: .q8,
      pool: ThreadPool(threads: 1))
    let layout = matrix.layout
    return withExtendedLifetime(matrix) {
      [
        StoredTensor(
          spec: TensorSpec(
            name: name + PackedFormat.q8.suffix, type: .i8, shape: layout.valueShape),
          bytes: Array(UnsafeRawBufferPointer(start: matrix.values, count: layout.valueBytes))),
        StoredTensor(
          spec: TensorSpec(name: name + ".scale", type: .f16, shape: layout.scaleShape),
          bytes: Array(
            UnsafeRawBufferPointer(start: matrix.scales, count: 2 * layout.scaleCount))),
      ]
    }
  }
}
