import CKernels
import Glibc
import Neural
import Testing

/// The elementwise kernels around convolutions against libm in double, in the variant of this processor and
/// the portable one.
struct AffineKernelTests {
  static let shapes = [(1, 1), (7, 3), (16, 16), (100, 48), (999, 96), (4096, 112), (5000, 37)]

  private func random(_ count: Int, seed: UInt64, scale: Float = 1) -> [Float] {
    var values = [Float](repeating: 0, count: count)
    values.withUnsafeMutableBufferPointer { Philox(seed: seed, stream: 6).fillNormals($0, at: 0) }
    return values.map { $0 * scale }
  }

  private func expectNear(_ ours: [Float], _ expected: [Double], _ tolerance: Double) {
    #expect(ours.count == expected.count)
    for (a, b) in zip(ours, expected) { #expect(abs(Double(a) - b) <= tolerance * (1 + abs(b))) }
  }

  @Test(arguments: shapes)
  func moments(count: Int, period: Int) {
    let (x, bias) = (random(count, seed: 1).map { $0 + 5 }, random(period, seed: 2))
    let values = x.indices.map { Double(x[$0] + bias[$0 % period]) }
    for kernel in [sgk_moments, sgk_moments_portable] {
      var (sum, squares) = (0.0, 0.0)
      kernel(x, count, bias, period, &sum, &squares)
      #expect(abs(sum / values.reduce(0, +) - 1) < 1e-7)
      #expect(abs(squares / values.reduce(0) { $0 + $1 * $1 } - 1) < 1e-7)
    }
  }

  @Test(arguments: shapes)
  func affineAndGelu(count: Int, period: Int) {
    let x = random(count, seed: 3, scale: 3)
    let (gain, offset) = (random(period, seed: 4), random(period, seed: 5))
    let values = x.indices.map {
      Double(gain[$0 % period]) * Double(x[$0]) + Double(offset[$0 % period])
    }
    for kernel in [sgk_affine, sgk_affine_portable] {
      var y = x
      kernel(&y, count, gain, offset, period)
      expectNear(y, values, 1e-6)
    }
    for kernel in [sgk_gelu_erf, sgk_gelu_erf_portable] {
      var y = x
      kernel(&y, count, gain, offset, period)
      expectNear(y, values.map { $0 / 2 * (1 + erf($0 / 2.0.squareRoot())) }, 1.5e-6)
    }
  }

  /// The whole range of arguments, where gain and offset do nothing.
  @Test func geluOfAllArguments() {
    let x = stride(from: -16, through: 16, by: 0.001).map { Float($0) }
    for kernel in [sgk_gelu_erf, sgk_gelu_erf_portable] {
      var y = x
      kernel(&y, y.count, [1], [0], 1)
      for (x, y) in zip(x, y) {
        let exact = Double(x) * 0.5 * erfc(-Double(x) / 2.0.squareRoot())
        #expect(abs(Double(y) - exact) <= 3e-7 * abs(Double(x)) + 1e-30)
      }
    }
    var extremes: [Float] = [-1e30, -1e10, -100, 0, 100, 1e10, 1e30]
    sgk_gelu_erf(&extremes, 7, [1], [0], 1)
    #expect(extremes[0...3].allSatisfy { abs($0) < 1e-5 })
    #expect(Array(extremes[4...]) == [100, 1e10, 1e30])
  }

  @Test(arguments: [(1, 1), (3, 2), (5, 48), (2, 97), (9, 384)])
  func gatedUnits(rows: Int, width: Int) {
    let x = random(2 * rows * width, seed: 6, scale: 3)
    let (gain, offset) = (random(2 * width, seed: 7), random(2 * width, seed: 8))
    let (scale, before) = (random(width, seed: 9), random(rows * width, seed: 10))
    let expected = (0..<rows * width).map { index -> Double in
      let (row, column) = index.quotientAndRemainder(dividingBy: width)
      func value(_ column: Int) -> Double {
        Double(gain[column]) * Double(x[row * 2 * width + column]) + Double(offset[column])
      }
      return value(column) / (1 + exp(-value(width + column)))
    }
    for kernel in [sgk_affine_glu, sgk_affine_glu_portable] {
      var y = [Float](repeating: 0, count: rows * width)
      kernel(x, rows, width, gain, offset, &y)
      expectNear(y, expected, 2e-6)
    }
    for kernel in [sgk_add_glu, sgk_add_glu_portable] {
      var y = before
      kernel(x, rows, width, gain, offset, scale, &y)
      expectNear(
        y, before.indices.map { Double(before[$0]) + Double(scale[$0 % width]) * expected[$0] },
        2e-6)
    }
  }

  @Test func sigmoidOfExtremesIsFinite() {
    var y = [Float](repeating: 0, count: 4)
    sgk_affine_glu([1, 1, -1e30, 1e30, 2, 2, -200, 200], 2, 2, [1, 1, 1, 1], [0, 0, 0, 0], &y)
    #expect(abs(y[0]) < 1e-30 && y[1] == 1 && abs(y[2]) < 1e-30 && y[3] == 2)
  }
}
