import Neural
import Testing
import Weights

/// Matrices that a file holds packed, as `NAME.q8` and `NAME.scale`.
struct PackedTensorTests {
  /// A file with the matrix `w` [20, 50], and what the matrix is.
  private func file(
    scaleType: String = "F16"
  ) throws -> (file: TensorFile, values: [Float]) {
    let (bytes, values) = bytes(scaleType: scaleType)
    return (try Safetensors.open(bytes), values)
  }

  private func bytes(
    scaleType: String = "F16", names: (values: String, scales: String) = ("w.q8", "w.scale")
  ) -> (bytes: [UInt8], values: [Float]) {
    let buffer = FloatBuffer((0..<1000).map { Float($0 % 37) - 18 })
    let packed = PackedMatrix(
      WeightMatrix(rows: 20, columns: 50, buffer), as: .q8, pool: ThreadPool(threads: 1))
    let layout = packed.layout
    let values = UnsafeRawBufferPointer(start: packed.values, count: layout.valueBytes)
    let scales = UnsafeRawBufferPointer(start: packed.scales, count: layout.scaleCount * 2)
    let end = values.count + scales.count
    let json = """
      {"\(names.values)":{"dtype":"I8","shape":\(layout.valueShape),"data_offsets":[0,\(values.count)]},\
      "\(names.scales)":{"dtype":"\(scaleType)","shape":\(layout.scaleShape),\
      "data_offsets":[\(values.count),\(end)]}}
      """
    let padded = json + String(repeating: " ", count: (8 - json.utf8.count % 8) % 8)
    let bytes = withExtendedLifetime(packed) {
      Safetensors.file(padded, data: Array(values) + Array(scales))
    }
    return (bytes, Array(buffer))
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

  @Test func halfAPackedMatrixIsRefused() throws {
    for names in [("w.q8", "v.scale"), ("v.q8", "w.scale"), ("w.q4", "w.scale")] {
      let file = try Safetensors.open(bytes(names: names).bytes)
      #expect(throws: WeightsFailure.self) { try file.tensor("w", shape: [20, 50]) }
    }
  }

  @Test func cutFilesAreRefused() {
    let good = bytes().bytes
    for count in stride(from: 0, to: good.count, by: 11) {
      #expect(throws: WeightsFailure.self) {
        try Safetensors.open(Array(good.prefix(count))).tensor("w", shape: [20, 50])
      }
    }
  }

  @Test func everyBitOfTheHeaderMayFlip() {
    let good = bytes().bytes
    let header = 8 + Int(good[0]) + 256 * Int(good[1])
    var refused = 0
    for place in 0..<header {
      for bit in 0..<8 {
        var bad = good
        bad[place] ^= 1 << bit
        do {
          // What is still taken has the size that was asked for.
          #expect(try Safetensors.open(bad).tensor("w", shape: [20, 50]).count == 1000)
        } catch is WeightsFailure {
          refused += 1
        } catch {
          Issue.record(error)
        }
      }
    }
    #expect(refused > header)
  }

  @Test func anyBytesAreNumbers() throws {
    // Values and scales of any bits, not finite ones among them, are read, and harm nobody.
    var bad = bytes().bytes
    let header = 8 + Int(bad[0]) + 256 * Int(bad[1])
    for byte in [0x00, 0x7C, 0x80, 0xFF] as [UInt8] {
      for place in header..<bad.count { bad[place] = byte }
      #expect(try Safetensors.open(bad).tensor("w", shape: [20, 50]).count == 1000)
    }
  }
}
