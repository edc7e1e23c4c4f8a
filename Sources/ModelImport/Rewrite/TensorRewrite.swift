import CKernels
import Diagnostics
import Neural
import Weights

/// The tensors of a file on their way into another: as they are, in other types, or packed.
///
/// One tensor is in memory at a time, or a stretch of it.
struct TensorRewrite {
  private let source: TensorFile
  private let plan: [(spec: TensorSpec, treatment: Treatment)]
  private let pool: ThreadPool
  /// Told of each tensor whose numbers changed.
  private let report: (RoundingError) -> Void

  /// - Parameter names: which tensors to take.
  init(
    _ source: TensorFile, _ names: [String], _ role: ModelRole, _ precision: StoredPrecision?,
    pool: ThreadPool, report: @escaping (RoundingError) -> Void
  ) {
    self.source = source
    self.pool = pool
    self.report = report
    plan = Self.plan(source, names, role, precision)
  }

  private static func plan(
    _ source: TensorFile, _ names: [String], _ role: ModelRole, _ precision: StoredPrecision?
  ) -> [(spec: TensorSpec, treatment: Treatment)] {
    let wanted = Set(names)
    return source.specs.filter { wanted.contains($0.name) }.map { spec in
      let kept: Treatment = spec.type.isBlocked ? .converted(.f32) : .same
      return (spec, precision.map { Treatment(spec, role, $0) } ?? kept)
    }
  }

  /// What is written of some tensors.
  static func specs(
    _ source: TensorFile, _ names: [String], _ role: ModelRole, _ precision: StoredPrecision?
  ) -> [TensorSpec] {
    plan(source, names, role, precision).flatMap { $0.treatment.specs($0.spec) }
  }

  /// Writes a safetensors file.
  ///
  /// - Parameter step: told how many bytes of it were written.
  func write(
    metadata: [String: String], to sink: inout some ByteSink, step: (Int) throws -> Void
  ) throws {
    let layout = try SafetensorsLayout(
      plan.flatMap { $0.treatment.specs($0.spec) }, metadata: metadata)
    var makers: [String: (spec: TensorSpec, treatment: Treatment)] = [:]
    for entry in plan {
      for spec in entry.treatment.specs(entry.spec) { makers[spec.name] = entry }
    }
    // Integers and scales of a matrix are written one after the other, if not side by side.
    var packed: [String: PackedMatrix] = [:]
    try sink.write(layout.header)
    for spec in layout.tensors {
      guard let entry = makers[spec.name] else { continue }
      switch entry.treatment {
      case .same where source.view(spec.name) != nil:
        guard let view = source.view(spec.name) else { continue }
        try source.file.walk(view.bytes) { bytes in
          try sink.write(bytes)
          try step(bytes.count)
        }
      case .same, .converted:
        try convert(entry.spec, to: spec.type) { bytes in
          try sink.write(bytes)
          try step(bytes.count)
        }
      case .packed(let format):
        let name = entry.spec.name
        let matrix = try packed[name] ?? pack(entry.spec, format)
        try withExtendedLifetime(matrix) {
          try sink.write(
            spec.name.hasSuffix(".scale")
              ? UnsafeRawBufferPointer(start: matrix.scales, count: matrix.layout.scaleCount * 2)
              : UnsafeRawBufferPointer(start: matrix.values, count: matrix.layout.valueBytes))
        }
        let isLast = packed[name] != nil
        packed[name] = isLast ? nil : matrix
        try step(spec.byteCount ?? 0)
      }
    }
  }

  private func convert(
    _ spec: TensorSpec, to type: TensorType, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let count = spec.shape.reduce(1, *)
    var error = RoundingError(spec.name, type.rawValue)
    // What the file holds in another form is made at once, the rest a stretch at a time.
    let step = source.view(spec.name) == nil ? max(count, 1) : TensorStretch.elements
    for offset in stride(from: 0, to: count, by: step) {
      let size = min(step, count - offset)
      let before = FloatBuffer(count: size)
      let after = FloatBuffer(count: size)
      var bytes = [UInt8](repeating: 0, count: size * type.size)
      try withExtendedLifetime((before, after)) {
        try source.fill(before.elements, of: spec.name, at: offset)
        let numbers = UnsafeBufferPointer(before.elements)
        try bytes.withUnsafeMutableBytes { target in
          guard TensorEncoder.encode(numbers, as: type, into: target) else {
            throw WeightsFailure(.software, "'\(spec.name)' cannot be written as \(type.rawValue)")
          }
          if type == .f16 || type == .bf16, let start = target.baseAddress {
            sgk_widen(start, type == .f16 ? 1 : 2, after.base, size)
            error.add(numbers, after.base)
          }
          try body(UnsafeRawBufferPointer(target))
        }
      }
      if let view = source.view(spec.name) { source.file.giveBack(view.bytes) }
    }
    if type != spec.type, type != .f32 { report(error) }
  }

  private func pack(_ spec: TensorSpec, _ format: PackedFormat) throws -> PackedMatrix {
    let (rows, columns) = (spec.shape[0], spec.shape[1])
    if format == .q8, let view = source.view(spec.name), view.type == .q80,
      let matrix = withExtendedLifetime(source, { PackedMatrix(blocks: view) })
    {
      report(RoundingError(spec.name, "q8"))
      return matrix
    }
    let numbers = FloatBuffer(count: rows * columns)
    try withExtendedLifetime(numbers) {
      for first in stride(from: 0, to: numbers.count, by: TensorStretch.elements) {
        let size = min(TensorStretch.elements, numbers.count - first)
        try source.fill(
          UnsafeMutableBufferPointer(start: numbers.base + first, count: size), of: spec.name,
          at: first)
      }
    }
    if let view = source.view(spec.name) { source.file.giveBack(view.bytes) }
    let matrix = PackedMatrix(
      WeightMatrix(rows: rows, columns: columns, numbers), as: format, pool: pool)
    var error = RoundingError(spec.name, format == .q8 ? "q8" : "q4")
    let row = FloatBuffer(count: columns)
    withExtendedLifetime((numbers, row)) {
      for index in 0..<rows {
        matrix.copyRow(index, to: row.base)
        error.add(
          UnsafeBufferPointer(start: numbers.base + index * columns, count: columns), row.base)
      }
    }
    report(error)
    return matrix
  }
}
