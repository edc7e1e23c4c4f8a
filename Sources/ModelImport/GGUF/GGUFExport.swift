import Diagnostics
import Neural
public import Weights

/// One GGUF file in the making: what LeVo2.cpp keeps of one part of a model.
public struct GGUFExport {
  /// What the numbers of the file are.
  public enum Precision: String, Sendable, CaseIterable {
    /// Everything as 32-bit numbers.
    case f32
    /// Everything as 16-bit numbers.
    case f16
    /// Matrices in blocks of 32 8-bit numbers, the rest as 32-bit numbers.
    case q8
  }

  /// Official tensors that the file has no place for.
  public let left: [String]
  private let layout: GGUFLayout
  private let places: [String: GGUFPlace]
  private let source: any TensorNumbers
  /// What the source's names lack of the official ones.
  private let missingPrefix: String

  /// Bytes of the file.
  public var fileSize: Int { layout.fileSize }

  init(
    _ part: GGUFPart, _ places: [GGUFPlace], keys: [(String, GGUFMetadata)],
    source: any TensorNumbers, precision: Precision, file: String
  ) throws(WeightsFailure) {
    var known: [String: TensorSpec] = [:]
    for spec in source.specs { known[spec.name] = spec }
    // A checkpoint may have its names without the prefix.
    let prefix = part == .languageModel && known["audiolm.emb.0.weight"] == nil ? "audiolm." : ""
    var specs: [TensorSpec] = []
    var byName: [String: GGUFPlace] = [:]
    var used: Set<String> = []
    for place in places {
      let sources = place.sources.map { String($0.dropFirst(prefix.utf8.count)) }
      guard let spec = known[sources[0]], sources.allSatisfy({ known[$0] != nil }) else {
        throw WeightsFailure(.data, "\(printable(file)): lacks tensor '\(sources[0])'")
      }
      used.formUnion(sources)
      byName[place.name] = place
      specs.append(Self.spec(place, spec.shape, part, precision))
    }
    left = source.specs.map(\.name).filter { !used.contains($0) }
    self.places = byName
    self.source = source
    missingPrefix = prefix
    let type: Int =
      switch precision {
      case .f32: 0
      case .f16: 1
      case .q8: 7
      }
    layout = try GGUFLayout(
      [
        ("general.architecture", .string(part.rawValue)), ("general.file_type", .uint32(type)),
        ("levo2.schema_version", .uint32(1)), ("levo2.converter", .string("sg-model")),
      ] + keys, specs)
  }

  /// The tensor of the file for an official one of `shape`.
  private static func spec(
    _ place: GGUFPlace, _ shape: [Int], _ part: GGUFPart, _ precision: Precision
  ) -> TensorSpec {
    var shape = shape
    // Of the flow network only the projections of the blocks are quantised, of the autoencoder nothing.
    var isMatrix = part == .languageModel && shape.count > 1
    switch place.form {
    case .same: break
    case .transposed:
      shape = Array(shape.reversed())
      isMatrix = true
    case .folded(let flat): if flat { shape.removeLast() }
    }
    switch precision {
    case .f32: return TensorSpec(name: place.name, type: .f32, shape: shape)
    case .f16: return TensorSpec(name: place.name, type: .f16, shape: shape)
    case .q8:
      guard isMatrix else { return TensorSpec(name: place.name, type: .f32, shape: shape) }
      let rows = (shape[1] + 31) / 32 * 32
      if part == .flow { shape[1] = rows }
      // Only the flow file may have padded rows.
      return TensorSpec(name: place.name, type: shape[1] == rows ? .q80 : .f16, shape: shape)
    }
  }

  /// Writes the file, a stretch of a tensor at a time.
  ///
  /// - Parameter progress: is told the bytes written so far.
  public func write(to sink: inout some ByteSink, progress: (Int) -> Void = { _ in }) throws {
    try sink.write(layout.header)
    var written = layout.header.count
    for spec in layout.tensors {
      guard let place = places[spec.name] else { continue }
      for run in try runs(place, spec) {
        let numbers = try run()
        var bytes = [UInt8](
          repeating: 0, count: numbers.count / spec.type.block * spec.type.size)
        let fits = withExtendedLifetime(numbers) {
          bytes.withUnsafeMutableBytes { target in
            TensorEncoder.encode(
              UnsafeBufferPointer(numbers.elements), as: spec.type, into: target)
          }
        }
        precondition(fits, "a tensor type that the layout chose cannot be written")
        try sink.write(bytes)
        written += bytes.count
        progress(written)
      }
      let padding = layout.padding(after: spec)
      try sink.write([UInt8](repeating: 0, count: padding))
      written += padding
    }
  }

  /// The numbers of a tensor in stretches, one after the other.
  private func runs(_ place: GGUFPlace, _ spec: TensorSpec) throws -> [() throws -> FloatBuffer] {
    let names = place.sources.map { String($0.dropFirst(missingPrefix.utf8.count)) }
    switch place.form {
    case .same:
      let count = spec.shape.reduce(1, *)
      return stride(from: 0, to: count, by: TensorStretch.elements).map { offset in
        { try numbers(names[0], offset, min(TensorStretch.elements, count - offset)) }
      }
    case .transposed(let inputs):
      return [
        {
          let (outputs, width) = (spec.shape[0], spec.shape[1])
          let stored = try numbers(names[0], 0, inputs * outputs)
          let result = FloatBuffer(count: outputs * width)
          for first in stride(from: 0, to: outputs, by: 16) {
            for input in 0..<inputs {
              for output in first..<min(first + 16, outputs) {
                result.base[output * width + input] = stored.base[input * outputs + output]
              }
            }
          }
          return result
        }
      ]
    case .folded:
      return [
        {
          let count = spec.shape.reduce(1, *)
          return WeightNorm.fold(
            direction: try numbers(names[0], 0, count),
            length: try numbers(names[1], 0, spec.shape[0]), rows: spec.shape[0])
        }
      ]
    }
  }

  private func numbers(_ name: String, _ offset: Int, _ count: Int) throws -> FloatBuffer {
    let buffer = FloatBuffer(count: count)
    // Whatever the size, a source is asked for one stretch at a time.
    for first in stride(from: 0, to: count, by: TensorStretch.elements) {
      let size = min(TensorStretch.elements, count - first)
      let target = UnsafeMutableBufferPointer(start: buffer.base + first, count: size)
      try withExtendedLifetime(buffer) { try source.fill(target, of: name, at: offset + first) }
    }
    return buffer
  }
}
