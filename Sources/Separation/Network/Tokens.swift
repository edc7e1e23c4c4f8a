package import Neural

/// The hidden state of one branch inside the transformer, [count, width].
///
/// Those of the frequency branch lie row by row, as in a ``Plane``; the reference has them frame by frame.
/// Attention does not care.
package struct Tokens: Sendable {
  package let count: Int
  package let values: FloatBuffer

  init(count: Int, width: Int) {
    self.count = count
    values = FloatBuffer(count: count * width)
  }

  /// A copy.
  func copy() -> Tokens {
    let other = Tokens(count: count, width: values.count / max(count, 1))
    other.values.base.update(from: values.base, count: values.count)
    return other
  }
}

/// The buffers of a layer of the transformer.
final class TokenWorkspace: Sendable {
  /// Normed tokens, then the output of the attention [tokens, D].
  let normed: FloatBuffer
  /// Queries, keys and values, or the feed-forward state.
  let wide: FloatBuffer
  /// What a part adds, before bias and scale [tokens, D].
  let result: FloatBuffer

  /// - Parameter tokens: of the longer branch.
  init(tokens: Int, width: Int, inner: Int) {
    normed = FloatBuffer(count: tokens * width)
    wide = FloatBuffer(count: tokens * max(3 * width, inner))
    result = FloatBuffer(count: tokens * width)
  }
}
