import CKernels
import Neural

extension Tape {
  /// y = x Wᵀ + b, with W [out, in] and b [out].
  ///
  /// With `transposed`, W is [in, out], as GPT-2 has it: y = x W + b.
  public func linear(
    _ x: Variable, _ weight: Parameter, bias: Parameter? = nil, transposed: Bool = false
  ) -> Variable {
    let (inputs, outputs) =
      transposed ? (weight.rows, weight.columns) : (weight.columns, weight.rows)
    precondition(x.columns == inputs, "\(weight.name): \(x.columns) columns for \(inputs) inputs")
    let parameters = [weight] + (bias.map { [$0] } ?? [])
    let y = allocate(
      rows: x.rows, columns: outputs,
      followed: isFollowed(x) || parameters.contains(where: isTrained)
    )
    MatrixProduct.gemm(
      transposeA: false, transposeB: !transposed, m: x.rows, n: outputs, k: inputs, a: value(x),
      lda: inputs, b: weight.value.base, ldb: weight.columns, c: value(y), ldc: outputs)
    if let bias {
      for row in 0..<x.rows {
        sgk_accumulate(value(y) + row * outputs, bias.value.base, 1, outputs)
      }
    }
    record(y) { [unowned self] dy in
      if isFollowed(x) {
        MatrixProduct.gemm(
          transposeA: false, transposeB: transposed, m: x.rows, n: inputs, k: outputs, a: dy,
          lda: outputs, b: weight.value.base, ldb: weight.columns, beta: 1, c: slope(x), ldc: inputs
        )
      }
      if let dw = gradients?.gradient(of: weight) {
        let (left, right) = transposed ? (value(x), dy) : (dy, value(x))
        MatrixProduct.gemm(
          transposeA: true, transposeB: false, m: weight.rows, n: weight.columns, k: x.rows,
          a: left, lda: weight.rows, b: right, ldb: weight.columns, beta: 1, c: dw.base,
          ldc: weight.columns)
      }
      if let bias, let db = gradients?.gradient(of: bias) {
        for row in 0..<x.rows { sgk_accumulate(db.base, dy + row * outputs, 1, outputs) }
      }
    }
    return y
  }
}
