import CKernels
import Neural
import Testing

/// The kernels of training against their portable twins.
struct GradientKernelTests {
  private func numbers(_ count: Int, _ stream: UInt64) -> [Float] {
    var values = [Float](repeating: 0, count: count)
    values.withUnsafeMutableBufferPointer {
      Philox(seed: 11, stream: stream).fillNormals($0, at: 0)
    }
    return values
  }

  private func expectSame(
    _ a: [Float], _ b: [Float], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let largest = b.map(abs).max() ?? 0
    let error = zip(a, b).map { abs($0 - $1) }.max() ?? 0
    #expect(largest > 0.01, sourceLocation: sourceLocation)
    #expect(error <= 2e-6 * max(1, largest), sourceLocation: sourceLocation)
  }

  /// Whole vectors, less than one, and a rest.
  @Test(arguments: [5, 16, 96, 131]) func elementwise(count: Int) {
    let (x, y, z) = (numbers(count, 1), numbers(count, 2), numbers(count, 3))
    var (a, b) = (y, y)
    sgk_accumulate(&a, x, 0.3, count)
    sgk_accumulate_portable(&b, x, 0.3, count)
    expectSame(a, b)
    sgk_silu_product(x, y, &a, count)
    sgk_silu_product_portable(x, y, &b, count)
    expectSame(a, b)
    sgk_gelu(x, &a, count)
    sgk_gelu_portable(x, &b, count)
    expectSame(a, b)
    (a, b) = (y, y)
    sgk_gelu_backward(x, z, count, &a)
    sgk_gelu_backward_portable(x, z, count, &b)
    expectSame(a, b)
    var (gates, ups) = ((a: y, b: y), (a: z, b: z))
    sgk_silu_product_backward(x, y, z, count, &gates.a, &ups.a)
    sgk_silu_product_backward_portable(x, y, z, count, &gates.b, &ups.b)
    expectSame(gates.a, gates.b)
    expectSame(ups.a, ups.b)
  }

  @Test(arguments: [7, 32, 75]) func rows(width: Int) {
    let rows = 6
    let (x, dy, w) = (numbers(rows * width, 4), numbers(rows * width, 5), numbers(width, 6))
    var inputs = (a: x, b: x)
    var weights = (a: w, b: w)
    sgk_rms_norm_backward(x, w, dy, rows, width, 1e-5, &inputs.a, &weights.a)
    sgk_rms_norm_backward_portable(x, w, dy, rows, width, 1e-5, &inputs.b, &weights.b)
    expectSame(inputs.a, inputs.b)
    expectSame(weights.a, weights.b)

    let shares = x.map { abs($0) }
    let inverse = [Float](repeating: 0.1, count: rows)
    var scores = (a: shares, b: shares)
    var slopes = (a: dy, b: dy)
    sgk_softmax_backward(&scores.a, inverse, &slopes.a, rows, width, width, 0.5)
    sgk_softmax_backward_portable(&scores.b, inverse, &slopes.b, rows, width, width, 0.5)
    expectSame(scores.a, scores.b)
    expectSame(slopes.a, slopes.b)
  }

  @Test func adam() {
    let count = 150
    var adam = sgk_adam(
      scale: 0.5, b1: 0.9, b2: 0.98, c1: 0.1, c2: 0.02, eps: 1e-9, rate: 0.01, decay: 0.1)
    let gradient = numbers(count, 7)
    var values = (a: numbers(count, 8), b: numbers(count, 8))
    let first = numbers(count, 9)
    let second = numbers(count, 10).map { $0 * $0 }
    var moments = (a: first, b: first)
    var squares = (a: second, b: second)
    sgk_adam_step(&values.a, gradient, &moments.a, &squares.a, count, &adam)
    sgk_adam_step_portable(&values.b, gradient, &moments.b, &squares.b, count, &adam)
    expectSame(values.a, values.b)
    expectSame(moments.a, moments.b)
    expectSame(squares.a, squares.b)
    #expect(values.a != numbers(count, 8))
  }
}
