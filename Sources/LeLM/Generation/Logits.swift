package import Neural

/// One codebook's logits for the next column on their way to a choice.
package struct Logits {
  /// [C + 1]; index C is the end token.
  package var values: [Float]

  /// Classifier-free guidance on [2, C + 1] (conditional row, null row).
  package init(_ rows: FloatBuffer, guidance: Double) {
    let count = rows.count / 2
    let coefficient = Float(guidance)
    values = (0..<count).map { i in
      let null = rows[count + i]
      return null + (rows[i] - null) * coefficient
    }
  }

  /// Divides by 1.1 the logits of the tokens in `window`, as the reference does it: by presence, not
  /// count; negative logits too, which raises them; never the end or the special token.
  package mutating func penalise(window: ArraySlice<Int32>) {
    for token in Set(window) where token >= 0 && Int(token) < values.count - 1 {
      values[Int(token)] /= 1.1
    }
  }

  /// Makes `tokens` impossible.
  package mutating func ban(_ tokens: Set<Int32>) {
    for token in tokens where token >= 0 && Int(token) < values.count - 1 {
      values[Int(token)] = -.infinity
    }
  }

  /// The likeliest token, the first of equals.
  package var argmax: Int32 {
    var best = 0
    for i in values.indices where values[i] > values[best] { best = i }
    return Int32(best)
  }
}
