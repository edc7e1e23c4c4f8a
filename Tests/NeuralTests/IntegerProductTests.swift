import CKernels
import Neural
import Testing

/// Products in integers: the same bits everywhere, close to sums in double, and unhurt by any number.
struct IntegerProductTests {
  private func random(_ count: Int, seed: UInt64) -> FloatBuffer {
    let values = FloatBuffer(count: count)
    Philox(seed: seed, stream: 4).fillNormals(values.elements, at: 0)
    return values
  }

  private func rows(_ x: FloatBuffer, _ element: IntegerElement, count: Int, width: Int)
    -> IntegerRows
  {
    let rows = IntegerRows(element, rows: count, width: width)
    for row in 0..<count { rows.set(row, x.base + row * width) }
    return rows
  }

  /// rows, outputs, inputs around the sizes of tiles (1, 2, 4, 8), panels (16, 32, 48) and groups (256).
  static let shapes = [
    (1, 1, 1), (3, 16, 2), (5, 17, 3), (8, 48, 256), (9, 49, 257), (15, 110, 513), (33, 95, 110),
    (2, 200, 1100),
  ]

  @Test(arguments: shapes, IntegerElement.allCases)
  func productsAreCloseToThoseOfDoubles(
    _ shape: (m: Int, n: Int, k: Int), element: IntegerElement
  ) {
    let (m, n, k) = shape
    let (x, w, bias) = (random(m * k, seed: 1), random(n * k, seed: 2), random(n, seed: 3))
    let weights = IntegerWeights(element, outputs: n, inputs: k)
    weights.pack(w.base, row: k, transposed: false)
    let y = FloatBuffer((0..<m * n).map { _ in Float.nan })
    weights.multiply(
      rows(x, element, count: m, width: k), from: 0, count: m, bias: bias.base, into: y.base,
      stride: n)
    // An element's error is at most half a step of either factor.
    let step = element == .int16 ? 1 / 5792.0 : 1 / 254.0
    for i in 0..<m * n {
      var (sum, size) = (Double(bias[i % n]), 0.0)
      for p in 0..<k {
        let product = Double(x[i / n * k + p]) * Double(w[i % n * k + p])
        sum += product
        size += product * product
      }
      #expect(abs(Double(y[i]) - sum) <= 40 * step * max(size, Double(k)).squareRoot() + 1e-5)
    }
  }

  @Test(arguments: shapes, IntegerElement.allCases)
  func thePortableTwinsGiveTheSameBits(
    _ shape: (m: Int, n: Int, k: Int), element: IntegerElement
  ) {
    let (m, n, k) = shape
    let (x, w) = (random(m * k, seed: 5), random(n * k, seed: 6))
    let pitch = sgk_integer_pitch(k) * element.size
    let groups = IntegerElement.scales(width: k)
    let bytes = sgk_integer_weight_bytes(element.rawValue, n, k, 1)
    for transposed in [Int32(0), 1] {
      let (ours, twin) = (FloatBuffer(count: bytes / 4), FloatBuffer(count: bytes / 4))
      let row = transposed == 0 ? k : n
      sgk_integer_pack(element.rawValue, w.base, row, transposed, 0, n, k, 1, ours.base)
      sgk_integer_pack_portable(element.rawValue, w.base, row, transposed, 0, n, k, 1, twin.base)
      #expect(bits(ours) == bits(twin))
      let (a, b) = (FloatBuffer(count: m * pitch / 4), FloatBuffer(count: m * pitch / 4))
      let (scales, others) = (FloatBuffer(count: m * groups), FloatBuffer(count: m * groups))
      for i in 0..<m {
        sgk_integer_quantise(
          element.rawValue, x.base + i * k, k, UnsafeMutableRawPointer(a.base) + i * pitch,
          scales.base + i * groups)
        sgk_integer_quantise_portable(
          element.rawValue, x.base + i * k, k, UnsafeMutableRawPointer(b.base) + i * pitch,
          others.base + i * groups)
      }
      #expect(bits(a) == bits(b) && bits(scales) == bits(others))
      let (y, z) = (FloatBuffer(count: m * n), FloatBuffer(count: m * n))
      var operand = sgk_integer_rows(
        data: a.base, scales: scales.base, width: k, pitch: pitch / element.size, segments: 1,
        step: 0)
      for (target, portable) in [(y, false), (z, true)] {
        var result = sgk_integer_result(
          c: target.base, stride: n, bias: w.base, gate: nil, accumulate: 0)
        if portable {
          sgk_integer_gemm_portable(element.rawValue, &operand, ours.base, m, n, &result)
        } else {
          sgk_integer_gemm(element.rawValue, &operand, ours.base, m, n, &result)
        }
      }
      #expect(bits(y) == bits(z))
    }
  }

  private func bits(_ buffer: FloatBuffer) -> [UInt32] { buffer.map(\.bitPattern) }

  @Test(arguments: IntegerElement.allCases)
  func anyNumberOfThreadsGivesTheSameBits(element: IntegerElement) {
    let (m, n, k) = (131, 200, 300)
    let (x, w) = (random(m * k, seed: 7), random(n * k, seed: 8))
    let weights = IntegerWeights(element, outputs: n, inputs: k)
    weights.pack(w.base, row: n, transposed: true, pool: ThreadPool(threads: 3))
    let operand = rows(x, element, count: m, width: k)
    let whole = FloatBuffer(count: m * n)
    weights.multiply(operand, from: 0, count: m, into: whole.base, stride: n)
    for threads in [1, 2, 5] {
      let parts = FloatBuffer(count: m * n)
      weights.multiply(
        operand, count: m, into: parts.base, stride: n, pool: ThreadPool(threads: threads))
      #expect(Array(parts) == Array(whole))
    }
    for first in stride(from: 0, to: m, by: 7) {
      let part = FloatBuffer(count: 7 * n)
      let count = min(7, m - first)
      weights.multiply(operand, from: first, count: count, into: part.base, stride: n)
      #expect(
        Array(part.prefix(count * n)) == Array(whole[first * n..<(first + count) * n]))
    }
  }

  /// The taps of a convolution are segments of the sum: as with rows put together by hand.
  @Test(arguments: IntegerElement.allCases)
  func segmentsAreRowsApart(element: IntegerElement) {
    let (m, n, channels, taps, dilation) = (20, 10, 12, 3, 4)
    let x = random((m + (taps - 1) * dilation) * channels, seed: 9)
    let w = random(n * taps * channels, seed: 10)
    let weights = IntegerWeights(element, outputs: n, inputs: channels, segments: taps)
    weights.pack(w.base, row: taps * channels, transposed: false)
    let source = rows(x, element, count: m + (taps - 1) * dilation, width: channels)
    let y = FloatBuffer(count: m * n)
    weights.multiply(source, from: 0, count: m, step: dilation, into: y.base, stride: n)
    let sum = FloatBuffer(count: m * n)
    for tap in 0..<taps {
      let single = IntegerWeights(element, outputs: n, inputs: channels)
      single.pack(w.base + tap * channels, row: taps * channels, transposed: false)
      single.multiply(
        source, from: tap * dilation, count: m, result: .add, into: sum.base, stride: n)
    }
    for (ours, other) in zip(y, sum) { #expect(abs(ours - other) <= 1e-4) }
  }

  @Test func gatesMultiplyWhatIsAdded() {
    let (m, n, k) = (5, 20, 64)
    let (x, w, bias, gate) = (
      random(m * k, seed: 11), random(n * k, seed: 12), random(n, seed: 13), random(n, seed: 14)
    )
    let weights = IntegerWeights(.int16, outputs: n, inputs: k)
    weights.pack(w.base, row: k, transposed: false)
    let operand = rows(x, .int16, count: m, width: k)
    let (plain, gated) = (FloatBuffer(count: m * n), random(m * n, seed: 15))
    let before = Array(gated)
    weights.multiply(operand, from: 0, count: m, bias: bias.base, into: plain.base, stride: n)
    weights.multiply(
      operand, from: 0, count: m, bias: bias.base, result: .gated(gate), into: gated.base, stride: n
    )
    for i in 0..<m * n {
      #expect(abs(gated[i] - (before[i] + gate[i % n] * plain[i])) <= 1e-5)
    }
  }

  /// The largest sums that a group can have still fit, with either sign.
  @Test(arguments: IntegerElement.allCases, [Float(1), -1])
  func theLargestSumsFit(element: IntegerElement, sign: Float) {
    let k = 4 * IntegerElement.group
    let x = FloatBuffer((0..<k).map { _ in 3 })
    let w = FloatBuffer((0..<k).map { _ in sign * 0.5 })
    let weights = IntegerWeights(element, outputs: 1, inputs: k)
    weights.pack(w.base, row: k, transposed: false)
    let y = FloatBuffer(count: 1)
    weights.multiply(
      rows(x, element, count: 1, width: k), from: 0, count: 1, into: y.base, stride: 1)
    #expect(abs(y[0] - sign * 1.5 * Float(k)) <= 0.01)
  }

  @Test(arguments: IntegerElement.allCases)
  func oddNumbersHurtNobodyElse(element: IntegerElement) {
    let (m, k) = (4, 300)
    let x = FloatBuffer(count: m * k)
    for index in 0..<k { x[3 * k + index] = 1 }
    (x[0], x[5], x[k + 7], x[2 * k]) = (.infinity, .nan, 1e-40, .greatestFiniteMagnitude)
    let w = FloatBuffer((0..<k).map { _ in 1 })
    let weights = IntegerWeights(element, outputs: 1, inputs: k)
    weights.pack(w.base, row: k, transposed: false)
    let y = FloatBuffer(count: m)
    weights.multiply(
      rows(x, element, count: m, width: k), from: 0, count: m, into: y.base, stride: 1)
    #expect(!y[0].isFinite)
    #expect(y[1] == 0)
    #expect(abs(y[3] - Float(k)) <= 0.01)
  }
}
