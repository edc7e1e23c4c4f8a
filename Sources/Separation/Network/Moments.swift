import CKernels
import Neural

/// Mean and variance of many numbers, summed in double.
struct Moments: Sendable {
  let count: Int
  let mean: Double
  /// The sum of squared distances from the mean.
  let spread: Double

  /// The variance of all there is.
  var variance: Double { count > 0 ? spread / Double(count) : 0 }
  /// The standard deviation of a sample: N - 1 in the denominator.
  var deviation: Double { count > 1 ? (spread / Double(count - 1)).squareRoot() : 0 }

  init(sum: Double, squares: Double, count: Int) {
    self.count = count
    mean = count > 0 ? sum / Double(count) : 0
    spread = max(0, squares - sum * mean)
  }

  /// The moments of x + bias, of which there are `rows` rows of `width` numbers, `stride` apart.
  ///
  /// Rows are summed one by one in blocks of a fixed size, then in order: the same bits for any number of
  /// threads.
  ///
  /// - Parameter bias: repeats; a multiple of its count divides a block.
  init(
    _ x: UnsafePointer<Float>, rows: Int, width: Int, stride: Int, bias: FloatBuffer,
    pool: ThreadPool
  ) {
    let block = Swift.max(1, (1 << 15) / bias.count) * bias.count
    let blocks = (width + block - 1) / block
    var (sum, squares) = (0.0, 0.0)
    withUnsafeTemporaryAllocation(of: (Double, Double).self, capacity: rows * blocks) { parts in
      nonisolated(unsafe) let parts = parts
      nonisolated(unsafe) let x = x
      pool.run(rows * blocks) { task in
        let (row, part) = task.quotientAndRemainder(dividingBy: blocks)
        var (sum, squares) = (0.0, 0.0)
        sgk_moments(
          x + row * stride + part * block, min(block, width - part * block), bias.base, bias.count,
          &sum, &squares)
        parts.initializeElement(at: task, to: (sum, squares))
      }
      for part in parts {
        sum += part.0
        squares += part.1
      }
    }
    self.init(sum: sum, squares: squares, count: rows * width)
  }
}
