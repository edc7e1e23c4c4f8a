import Neural
import Testing
import Weights

/// Matrices that a file holds packed, as `NAME.q8` and `NAME.scale`.
struct PackedTensorTests {
  /// A file with the matrix `w` [20, 50], and what the matrix is.
  private func file(
    scaleType: String = "F16"
  ) throws -> (file: TensorFile, values: [Float]) {
    let buffer = FloatBuffer((0..<1000).map { Float($0 % 37) - 18 })
    let packed = PackedMatrix(
      WeightMatrix(rows: 20, columns: 50, buffer), as: .q8, pool: ThreadPool(threads: 1))
    let layout = packed.layout
    let values = UnsafeRawBufferPointer(start: packed.values, count: layout.valueBytes)
    let scales = UnsafeRawBufferPointer(start: packed.scales, count: layout.scaleCount * 2)
    let end = values.count + scales.count
    let json = """
      {"w.q8":{"dtype":"I8","shape":\(layout.valueShape),"data_offsets":[0,\(values.count)]},\
      "w.scale":{"dtype":"\(scaleType)","shape":\(layout.scaleShape),\
      "data_offsets":[\(values.count),\(end)]}}
      """
    let padded = json + String(repeating: " ", count: (8 - json.utf8.count % 8) % 8)
    let file = try withExtendedLifetime(packed) {
      try Safetensors.open(Safetensors.file(padded, data: Array(values) + Array(scales)))
    }
    return (file, Array(buffer))
  }

  @Test func aPackedMatrixIsReadAsNumbers() throws {
    let (file, values) = try file()
    let read = try file.tensor("w", shape: [20, 50]).array
    #expect(read.count == values.count)
    for (ours, exact) in zip(read, values) { #expect(abs(ours - exact) <= 18.0 / 127) }
    #expect(read != values)
  }

  @Test func otherShapesAndTypesAreRefused() throws {
    let (good, _) = try file()
    #expect(throws: WeightsFailure.self) { try good.tensor("w", shape: [33, 50]) }
    #expect(throws: WeightsFailure.self) { try good.tensor("w", shape: [20, 65]) }
    #expect(throws: WeightsFailure.self) { try good.tensor("w", shape: [1000]) }
    #expect(throws: WeightsFailure.self) { try good.tensor("v", shape: [20, 50]) }
    #expect(throws: WeightsFailure.self) {
      try file(scaleType: "BF16").file.tensor("w", shape: [20, 50])
    }
  }
}
