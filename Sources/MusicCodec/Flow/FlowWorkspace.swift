import CKernels
package import Neural
import Weights

/// The buffers of a pass through the flow network, and the elementwise steps on them.
package final class FlowWorkspace {
  package let branches: Int
  package let frames: Int
  private let width: Int
  /// The hidden state [branches * frames, D].
  package let hidden: FloatBuffer
  /// A normed hidden state, then the output of the attention [branches * frames, D].
  let normed: FloatBuffer
  /// What a block adds, before bias and gate [branches * frames, D]; empty with packed weights.
  let result: FloatBuffer
  /// Queries, keys and values [branches * frames, 3 D], or the feed-forward state.
  let wide: FloatBuffer
  /// The quantised operands, for packed weights.
  let packed: PackedFlowRows?

  package init(_ shape: FlowShape, branches: Int, frames: Int, precision: Precision = .f32) {
    self.branches = branches
    self.frames = frames
    width = shape.width
    let rows = branches * frames
    hidden = FloatBuffer(count: rows * width)
    normed = FloatBuffer(count: rows * width)
    result = FloatBuffer(count: precision == .f32 ? rows * width : 0)
    wide = FloatBuffer(count: rows * max(3 * width, shape.inner))
    packed = precision.element.map {
      PackedFlowRows(shape, branches: branches, frames: frames, element: $0)
    }
  }

  package var rows: Int { branches * frames }

  /// Calls `body` for every row, in blocks over the pool.
  func eachRow(_ pool: ThreadPool, _ body: @Sendable (Int) -> Void) {
    let block = 32
    let rows = rows
    pool.run((rows + block - 1) / block) { task in
      for row in task * block..<min(rows, (task + 1) * block) { body(row) }
    }
  }

  /// normed = LN(hidden) * gain + offset, eps 1e-5.
  func norm(_ norm: ModulatedNorm, _ pool: ThreadPool) {
    let width = width
    nonisolated(unsafe) let source = hidden.base
    nonisolated(unsafe) let target = normed.base
    eachRow(pool) { row in
      sgk_layer_norm(
        source + row * width, norm.gain.base, norm.offset.base, target + row * width, width, 1e-5)
    }
  }

  /// The same, quantised to `rows` instead.
  func norm(_ norm: ModulatedNorm, to rows: IntegerRows, _ pool: ThreadPool) {
    let width = width
    nonisolated(unsafe) let source = hidden.base
    eachRow(pool) { row in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: width) {
        guard let line = $0.baseAddress else { return }
        sgk_layer_norm(
          source + row * width, norm.gain.base, norm.offset.base, line, width, 1e-5)
        rows.set(row, line)
      }
    }
  }

  /// Rows of `source` [branches * frames, D], quantised.
  func quantise(_ source: FloatBuffer, to rows: IntegerRows, _ pool: ThreadPool) {
    let width = width
    eachRow(pool) { row in rows.set(row, source.base + row * width) }
  }

  /// hidden += gate * (result + bias).
  func add(bias: FloatTensor, gate: FloatBuffer, _ pool: ThreadPool) {
    let width = width
    nonisolated(unsafe) let source = result.base
    nonisolated(unsafe) let target = hidden.base
    eachRow(pool) { row in
      sgk_add_gated(target + row * width, source + row * width, bias.base, gate.base, width)
    }
  }

  /// wide = GELU(wide + bias), rows of `width`.
  func gelu(bias: FloatTensor, width: Int, _ pool: ThreadPool) {
    nonisolated(unsafe) let target = wide.base
    eachRow(pool) { row in sgk_gelu_bias(target + row * width, bias.base, width) }
  }

  /// GELU(wide + bias), rows of `rows.width`, quantised.
  func gelu(bias: FloatTensor, to rows: IntegerRows, _ pool: ThreadPool) {
    nonisolated(unsafe) let target = wide.base
    let width = rows.width
    eachRow(pool) { row in
      sgk_gelu_bias(target + row * width, bias.base, width)
      rows.set(row, target + row * width)
    }
  }
}
