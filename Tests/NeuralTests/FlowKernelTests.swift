import CKernels
import Glibc
import Neural
import Testing

/// The elementwise kernels of flow network and autoencoder against libm in double, in the variant of
/// this processor and the portable one.
struct FlowKernelTests {
  static let counts = [1, 15, 16, 31, 33, 110, 257, 2200]

  private func random(_ count: Int, seed: UInt64, scale: Float = 1) -> [Float] {
    var values = [Float](repeating: 0, count: count)
    values.withUnsafeMutableBufferPointer { Philox(seed: seed, stream: 4).fillNormals($0, at: 0) }
    return values.map { $0 * scale }
  }

  private func expectNear(_ ours: [Float], _ expected: [Double], _ tolerance: Double) {
    #expect(ours.count == expected.count)
    for (a, b) in zip(ours, expected) { #expect(abs(Double(a) - b) <= tolerance * (1 + abs(b))) }
  }

  @Test(arguments: counts)
  func layerNorm(count: Int) {
    let (x, gain, offset) = (
      random(count, seed: 1, scale: 9).map { $0 + 20 }, random(count, seed: 2),
      random(count, seed: 3)
    )
    let mean = x.reduce(0) { $0 + Double($1) } / Double(count)
    let variance = x.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(count)
    let deviation = (variance + 1e-5).squareRoot()
    let expected = (0..<count).map { index -> Double in
      let normed = (Double(x[index]) - mean) / deviation
      return normed * Double(gain[index]) + Double(offset[index])
    }
    for kernel in [sgk_layer_norm, sgk_layer_norm_portable] {
      var y = [Float](repeating: 0, count: count)
      kernel(x, gain, offset, &y, count, 1e-5)
      expectNear(y, expected, 3e-6)
      // In place.
      y = x
      y.withUnsafeMutableBufferPointer { y in
        guard let base = y.baseAddress else { return }
        kernel(base, gain, offset, base, count, 1e-5)
      }
      expectNear(y, expected, 3e-6)
    }
  }

  @Test(arguments: counts)
  func gelu(count: Int) {
    let (x, bias) = (random(count, seed: 4, scale: 4), random(count, seed: 5))
    let expected = (0..<count).map { index in
      let v = Double(x[index] + bias[index])
      return 0.5 * v * (1 + tanh((2 / Double.pi).squareRoot() * (v + 0.044715 * v * v * v)))
    }
    for kernel in [sgk_gelu_bias, sgk_gelu_bias_portable] {
      var y = x
      kernel(&y, bias, count)
      expectNear(y, expected, 1e-6)
    }
  }

  @Test func geluOfExtremesIsFinite() {
    var x: [Float] = [-1e10, -100, -10, 0, 10, 100, 1e10]
    sgk_gelu_bias(&x, [Float](repeating: 0, count: 7), 7)
    #expect(x.allSatisfy { $0.isFinite })
    #expect(x[3] == 0 && x[4] == 10 && x[5] == 100 && x[6] == 1e10)
    #expect(abs(x[0]) < 1e-20 && abs(x[1]) < 1e-20)
  }

  @Test(arguments: counts)
  func gatedSum(count: Int) {
    let (y, bias, gate) = (random(count, seed: 6), random(count, seed: 7), random(count, seed: 8))
    let before = random(count, seed: 9)
    let expected = (0..<count).map { index -> Double in
      let added = Double(y[index]) + Double(bias[index])
      return Double(before[index]) + Double(gate[index]) * added
    }
    for kernel in [sgk_add_gated, sgk_add_gated_portable] {
      var h = before
      kernel(&h, y, bias, gate, count)
      expectNear(h, expected, 1e-6)
    }
  }

  @Test(arguments: [(1, 2), (4, 22), (20, 110), (3, 64)])
  func rotaryPairs(heads: Int, width: Int) {
    let (x, bias) = (random(heads * width, seed: 10), random(heads * width, seed: 11))
    let angles = random(width / 2, seed: 12, scale: 3)
    let (cosine, sine) = (angles.map { cosf($0) }, angles.map { sinf($0) })
    var expected = [Double](repeating: 0, count: heads * width)
    for pair in 0..<heads * width / 2 {
      let (u, v) = (
        Double(x[2 * pair] + bias[2 * pair]), Double(x[2 * pair + 1] + bias[2 * pair + 1])
      )
      let (c, s) = (Double(cosine[pair % (width / 2)]), Double(sine[pair % (width / 2)]))
      expected[2 * pair] = u * c - v * s
      expected[2 * pair + 1] = v * c + u * s
    }
    for kernel in [sgk_rope_pairs_bias, sgk_rope_pairs_bias_portable] {
      var y = x
      kernel(&y, bias, cosine, sine, heads, width)
      expectNear(y, expected, 1e-6)
    }
  }

  @Test(arguments: [1, 15, 32, 48, 100, 1000])
  func softmaxRows(columns: Int) {
    let (rows, stride) = (3, columns + 2)
    let x = random(rows * stride, seed: 13, scale: 30)
    for kernel in [sgk_softmax_rows, sgk_softmax_rows_portable] {
      var y = x
      var inverse = [Float](repeating: 0, count: rows)
      kernel(&y, rows, columns, stride, 0.3, &inverse)
      for row in 0..<rows {
        let line = x[row * stride..<row * stride + columns].map { Double($0) * Double(Float(0.3)) }
        let top = line.max() ?? 0
        let sum = line.reduce(0) { $0 + exp($1 - top) }
        let ours = (0..<columns).map { y[row * stride + $0] * inverse[row] }
        expectNear(ours, line.map { exp($0 - top) / sum }, 3e-6)
        #expect(y[row * stride + columns] == x[row * stride + columns], "beyond the row")
      }
    }
  }

  @Test(arguments: [1, 3, 16, 100, 256])
  func snake(period: Int) {
    let count = 5 * period + period / 2
    let x = random(count, seed: 14, scale: 30)
    let alpha = random(period, seed: 15).map { expf($0) }
    let inverse = random(period, seed: 16).map { 1 / (expf($0) + 1e-9) }
    let expected = x.indices.map { index -> Double in
      // The angle as f32 sees it: its rounding belongs to the function.
      let s = sin(Double(alpha[index % period] * x[index]))
      return Double(x[index]) + Double(inverse[index % period]) * s * s
    }
    for kernel in [sgk_snake, sgk_snake_portable] {
      var y = [Float](repeating: 0, count: count)
      kernel(x, &y, count, alpha, inverse, period)
      expectNear(y, expected, 3e-6)
      y = x
      y.withUnsafeMutableBufferPointer { y in
        guard let base = y.baseAddress else { return }
        kernel(base, base, count, alpha, inverse, period)
      }
      expectNear(y, expected, 3e-6)
    }
  }

  @Test func snakeOfExtremesIsFinite() {
    let x: [Float] = [-1e30, -1e7, 0, 1e7, 1e30]
    var y = x
    sgk_snake(x, &y, 5, [1e3], [1], 1)
    #expect(y.allSatisfy { $0.isFinite })
    #expect(y[2] == 0)
  }
}
