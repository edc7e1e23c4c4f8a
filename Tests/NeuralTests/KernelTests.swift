import CKernels
import Neural
import Testing

/// Every kernel against its portable twin.
struct KernelTests {
  private func random(_ count: Int, seed: UInt64) -> [Float] {
    var values = [Float](repeating: 0, count: count)
    values.withUnsafeMutableBufferPointer { Philox(seed: seed, stream: 0).fillNormals($0, at: 0) }
    return values
  }

  @Test(arguments: [1, 7, 8, 16, 31, 144, 385], [1, 2, 3, 4, 5, 17])
  func gemvEqualsPortable(columns: Int, rows: Int) {
    let x = random(2 * columns, seed: 1)
    for (type, size) in [(SGK_F32, 4), (SGK_F16, 2), (SGK_BF16, 2)] {
      let weights = stored(random(rows * columns, seed: 2), as: type)
      #expect(weights.count == rows * columns * size)
      for batch in [1, 2] {
        var ours = [Float](repeating: -1, count: 2 * rows)
        var twin = ours
        sgk_gemv(
          weights, Int32(type.rawValue), rows, columns, x, columns, &ours, rows, Int32(batch))
        sgk_gemv_portable(
          weights, Int32(type.rawValue), rows, columns, x, columns, &twin, rows, Int32(batch))
        for (a, b) in zip(ours, twin) { #expect(abs(a - b) <= 2e-5 * (1 + abs(b))) }
      }
    }
  }

  @Test func gemvRowsDoNotDependOnTheirNeighbours() {
    let (rows, columns) = (13, 145)
    let (weights, x) = (random(rows * columns, seed: 3), random(2 * columns, seed: 4))
    var whole = [Float](repeating: 0, count: 2 * rows)
    sgk_gemv(weights, 0, rows, columns, x, columns, &whole, rows, 2)
    for row in 0..<rows {
      var one = [Float](repeating: 0, count: 2)
      weights.withUnsafeBufferPointer { pointer in
        guard let base = pointer.baseAddress else { return }
        sgk_gemv(base + row * columns, 0, 1, columns, x, columns, &one, 1, 2)
      }
      #expect(one[0].bitPattern == whole[row].bitPattern)
      #expect(one[1].bitPattern == whole[rows + row].bitPattern)
    }
  }

  @Test func wideningIsExactForEveryHalf() {
    let all = (0...UInt16.max).map { $0 }
    for type in [SGK_F16, SGK_BF16] {
      var ours = [Float](repeating: 0, count: all.count)
      var twin = ours
      sgk_widen(all, Int32(type.rawValue), &ours, all.count)
      sgk_widen_portable(all, Int32(type.rawValue), &twin, all.count)
      for (index, (a, b)) in zip(ours, twin).enumerated() {
        #expect(a.isNaN == b.isNaN)
        if !a.isNaN { #expect(a.bitPattern == b.bitPattern, "element \(index)") }
      }
    }
    var half = [Float](repeating: 0, count: 5)
    sgk_widen_portable([UInt16]([0x3C00, 0xC000, 0x0001, 0x7BFF, 0x7C00]), 1, &half, 5)
    #expect(half == [1, -2, 0x1p-24, 65504, .infinity])
  }

  @Test(arguments: [1, 5, 8, 33, 700])
  func softmaxEqualsPortableAndSumsToOne(count: Int) {
    var ours = random(count, seed: 5).map { $0 * 8 }
    var twin = ours
    sgk_softmax_scaled(&ours, count, 0.7)
    sgk_softmax_scaled_portable(&twin, count, 0.7)
    for (a, b) in zip(ours, twin) { #expect(abs(a - b) <= 2e-6) }
    #expect(abs(ours.reduce(0, +) - 1) < 1e-5)
  }

  @Test(arguments: [16, 36, 128], [1, 2, 63, 300])
  func attentionEqualsPortable(width: Int, positions: Int) {
    let (q, keys) = (random(width, seed: 6), random(positions * width, seed: 7))
    let values = random(positions * width, seed: 8)
    var scores = [Float](repeating: 0, count: positions)
    var ours = [Float](repeating: 0, count: width)
    var twin = ours
    sgk_attend(q, keys, values, positions, width, 0.2, &scores, &ours)
    sgk_attend_portable(q, keys, values, positions, width, 0.2, &scores, &twin)
    for (a, b) in zip(ours, twin) { #expect(abs(a - b) <= 1e-5) }
  }

  @Test(arguments: [4, 8, 144, 1001])
  func normAndGateEqualPortable(count: Int) {
    let (x, w) = (random(count, seed: 9), random(count, seed: 10))
    var (ours, twin) = (x, x)
    sgk_rms_norm(x, w, &ours, count, 1e-5)
    sgk_rms_norm_portable(x, w, &twin, count, 1e-5)
    for (a, b) in zip(ours, twin) { #expect(abs(a - b) <= 1e-5 * (1 + abs(b))) }
    (ours, twin) = (x.map { $0 * 20 }, x.map { $0 * 20 })
    sgk_silu_gate(&ours, w, count)
    sgk_silu_gate_portable(&twin, w, count)
    for (a, b) in zip(ours, twin) { #expect(abs(a - b) <= 1e-5 * (1 + abs(b))) }
  }

  @Test func siluOfExtremesIsFinite() {
    var gate: [Float] = [-1e30, -200, -88, 0, 88, 200, 1e30, -90]
    let up = [Float](repeating: 1, count: 8)
    sgk_silu_gate(&gate, up, 8)
    #expect(gate.allSatisfy { $0.isFinite })
    #expect(gate[3] == 0 && gate[5] == 200 && gate[6] == 1e30)
  }

  /// Values in the bytes of a weight type; f16 and bf16 by truncation, which loses nothing here that
  /// both variants would not lose.
  private func stored(_ values: [Float], as type: sgk_weight_type) -> [UInt8] {
    switch type {
    case SGK_F32: values.withUnsafeBytes { Array($0) }
    case SGK_BF16:
      values.map { UInt16($0.bitPattern >> 16) }.withUnsafeBytes { Array($0) }
    default: values.map(Self.half).withUnsafeBytes { Array($0) }
    }
  }

  private static func half(_ value: Float) -> UInt16 {
    let bits = value.bitPattern
    let exponent = Int(bits >> 23 & 0xFF) - 112
    let sign = UInt16(bits >> 16 & 0x8000)
    guard exponent > 0 else { return sign }
    guard exponent < 31 else { return sign | 0x7BFF }
    return sign | UInt16(exponent) << 10 | UInt16(bits >> 13 & 0x3FF)
  }
}
