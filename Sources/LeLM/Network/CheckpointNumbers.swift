package import Neural
package import Weights

/// The tensors of a LeLM checkpoint as f32, whatever form they lie in: for those who train it.
package struct CheckpointNumbers {
  private let checkpoint: Checkpoint

  package init(_ file: TensorFile) { checkpoint = Checkpoint(file) }

  /// Rows of a table; nil if it is not there.
  package func rows(_ name: String) -> Int? { checkpoint.rows(name) }

  /// The elements of a tensor by its official name, row-major; packed ones are widened.
  ///
  /// - Throws: ``LeLMError/checkpoint(_:)`` if it is missing or has another shape.
  package func floats(_ name: String, shape: [Int]) throws(LeLMError) -> FloatBuffer {
    guard shape.count == 2 else { return try checkpoint.vector(name, count: shape.reduce(1, *)) }
    let matrix = try checkpoint.matrix(name, rows: shape[0], columns: shape[1])
    let numbers = FloatBuffer(count: shape[0] * shape[1])
    for row in 0..<shape[0] { matrix.copyRow(row, to: numbers.base + row * shape[1]) }
    return numbers
  }
}
