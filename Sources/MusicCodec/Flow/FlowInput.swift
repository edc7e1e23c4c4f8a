import Diagnostics
package import Neural
package import Weights

/// Puts together what the flow network sees of a window: mask embedding, in-context latents,
/// conditions and the state, side by side. There is no input projection.
package struct FlowInput: Sendable {
  private let shape: FlowShape
  /// `mask_emb.weight` [3, mask]: absent, in context, to be made.
  private let maskEmbedding: FloatTensor
  /// `zero_cond_embedding1` [condition], in place of the conditions of absent frames.
  private let absent: FloatTensor

  package init(_ source: any TensorSource, _ shape: FlowShape) throws(WeightsFailure) {
    self.shape = shape
    maskEmbedding = try source.tensor("mask_emb.weight", shape: [3, shape.mask])
    absent = try source.tensor("zero_cond_embedding1", shape: [shape.condition])
  }

  /// All columns but those of the state, which stay zero.
  ///
  /// - Parameters:
  ///   - mask: 0 absent, 1 in context, 2 to be made; one for each frame.
  ///   - context: normalised latents [≤ frames, latent]; the rows that are missing are zero.
  ///   - conditions: one [frames, condition] for each track; `nil` for the unconditional branch,
  ///     whose conditions are plain zeros.
  ///   - rows: [frames, D].
  package func fill(
    _ rows: UnsafeMutablePointer<Float>, mask: [Int], context: [Float],
    conditions: [FloatBuffer]?
  ) {
    let (width, latent, condition) = (shape.width, shape.latent, shape.condition)
    for (frame, kind) in mask.enumerated() {
      let row = rows + frame * width
      row.update(repeating: 0, count: width)
      row.update(from: maskEmbedding.base + kind * shape.mask, count: shape.mask)
      for channel in 0..<latent where frame * latent + channel < context.count {
        row[shape.mask + channel] = context[frame * latent + channel]
      }
      guard let conditions else { continue }
      for (track, values) in conditions.enumerated() {
        let source = kind == 0 ? absent.base : UnsafePointer(values.base + frame * condition)
        (row + shape.mask + latent + track * condition).update(from: source, count: condition)
      }
    }
  }
}
