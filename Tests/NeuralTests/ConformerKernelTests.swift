import CKernels
import Glibc
import Neural
import Testing

/// The kernels of the conformer against libm in double, in the variant of this processor and the
/// portable one.
struct ConformerKernelTests {
  static let counts = [1, 15, 16, 33, 64, 65, 257, 1024]

  private func random(_ count: Int, seed: UInt64, scale: Float = 1) -> [Float] {
    var values = [Float](repeating: 0, count: count)
    values.withUnsafeMutableBufferPointer { Philox(seed: seed, stream: 6).fillNormals($0, at: 0) }
    return values.map { $0 * scale }
  }

  private func expectNear(_ ours: [Float], _ expected: [Double], _ tolerance: Double) {
    #expect(ours.count == expected.count)
    for (a, b) in zip(ours, expected) { #expect(abs(Double(a) - b) <= tolerance * (1 + abs(b))) }
  }

  @Test(arguments: counts)
  func siluBias(count: Int) {
    let (x, bias) = (random(count, seed: 1, scale: 5), random(count, seed: 2))
    let expected = zip(x, bias).map { Double($0 + $1) / (1 + exp(-Double($0 + $1))) }
    for kernel in [sgk_silu_bias, sgk_silu_bias_portable] {
      var y = x
      kernel(&y, bias, count)
      expectNear(y, expected, 1e-6)
    }
  }

  @Test(arguments: counts)
  func gatedUnit(count: Int) {
    let x = random(2 * count, seed: 3, scale: 5)
    let expected = (0..<count).map { Double(x[$0]) / (1 + exp(-Double(x[count + $0]))) }
    for kernel in [sgk_glu, sgk_glu_portable] {
      var y = [Float](repeating: 0, count: count)
      kernel(x, &y, count)
      expectNear(y, expected, 1e-6)
    }
  }

  @Test(arguments: counts)
  func depthwise(count: Int) {
    let taps = 31
    let (x, w) = (random(taps * count, seed: 4), random(taps * count, seed: 5))
    let expected = (0..<count).map { channel in
      (0..<taps).reduce(0.0) {
        $0 + Double(x[$1 * count + channel]) * Double(w[$1 * count + channel])
      }
    }
    for kernel in [sgk_depthwise, sgk_depthwise_portable] {
      var y = [Float](repeating: 0, count: count)
      kernel(x, w, &y, taps, count)
      expectNear(y, expected, 1e-5)
    }
  }

  @Test(arguments: counts)
  func reluBias(count: Int) {
    let (x, bias) = (random(count, seed: 7), random(count, seed: 8))
    let expected = zip(x, bias).map { Double(max(0, $0 + $1)) }
    for kernel in [sgk_relu_bias, sgk_relu_bias_portable] {
      var y = [Float](repeating: 7, count: count)
      kernel(x, bias, &y, count)
      expectNear(y, expected, 1e-7)
    }
  }

  /// Windows of an image as a matrix, against the sums written out; any number of threads.
  @Test func windowProduct() {
    let (height, width, channels, outputs) = (9, 7, 5, 11)
    let image = random(height * width * channels, seed: 9)
    let weight = random(9 * channels * outputs, seed: 10)
    let rows = (height - 2) * width - 2
    func product(_ threads: Int) -> [Float] {
      let (a, b) = (FloatBuffer(image), FloatBuffer(weight))
      let c = FloatBuffer(count: rows * outputs)
      ThreadPool(threads: threads).gemm(
        rows: WindowRows(
          a.base, step: channels, segment: 3 * channels, stride: width * channels, segments: 3),
        m: rows, n: outputs, b: b.base, beta: 0, c: c.base, ldc: outputs)
      return Array(c)
    }
    let ours = product(1)
    #expect(product(3) == ours)
    let expected = (0..<rows * outputs).map { place -> Double in
      let (row, output) = place.quotientAndRemainder(dividingBy: outputs)
      var sum = 0.0
      for tap in 0..<3 {
        for offset in 0..<3 * channels {
          sum +=
            Double(image[row * channels + tap * width * channels + offset])
            * Double(weight[(tap * 3 * channels + offset) * outputs + output])
        }
      }
      return sum
    }
    expectNear(ours, expected, 1e-5)
  }
}
