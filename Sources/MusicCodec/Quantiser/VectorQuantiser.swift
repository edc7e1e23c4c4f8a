import Diagnostics
public import Neural
public import Weights

/// One codebook with its projections: a code to a condition vector, and a vector to its nearest code.
///
/// "High-Fidelity Audio Compression with Improved RVQGAN", arXiv 2306.06546: factorised codes, found
/// by cosine similarity. Decoding takes the codebook rows as they are.
public final class VectorQuantiser: Sendable {
  /// Number of codes.
  public let size: Int
  /// Width of a codebook row.
  public let width: Int
  /// Width of a condition vector.
  public let condition: Int
  let codebook: FloatTensor
  private let outWeight: FloatBuffer
  private let outBias: FloatTensor

  /// - Parameter key: such as `rvq_bestrq_emb.quantizers.0`; `KEY.codebook.weight` [size, width],
  ///   `KEY.out_proj.weight_v` [condition, width, 1], `.weight_g`, `.bias`.
  public init(_ source: any TensorSource, _ key: String) throws(WeightsFailure) {
    guard let shape = source.shape(of: key + ".codebook.weight"), shape.count == 2,
      let out = source.shape(of: key + ".out_proj.weight_v"), out.count == 3,
      shape[0] > 0, shape[0] <= 65536
    else {
      throw WeightsFailure(
        .data, "\(printable(source.title)): lacks the quantiser '\(printable(key))'")
    }
    size = shape[0]
    width = shape[1]
    condition = out[0]
    codebook = try source.tensor(key + ".codebook.weight", shape: [size, width])
    outWeight = try WeightNorm.fold(
      source, key + ".out_proj", shape: [condition, width, 1])
    outBias = try source.tensor(key + ".out_proj.bias", shape: [condition])
  }

  /// Condition vectors [codes.count, condition].
  ///
  /// - Throws: `data` for a code that is not below ``size``.
  public func look(up codes: some Collection<UInt16>) throws(CodecFailure) -> FloatBuffer {
    let rows = try rows(codes)
    let result = FloatBuffer(count: max(1, codes.count * condition))
    for row in 0..<codes.count {
      (result.base + row * condition).update(from: outBias.base, count: condition)
    }
    MatrixProduct.gemm(
      transposeA: false, transposeB: true, m: codes.count, n: condition, k: width, a: rows.base,
      lda: width, b: outWeight.base, ldb: width, beta: 1, c: result.base, ldc: condition)
    return result
  }

  /// The codebook rows themselves, [codes.count, width].
  ///
  /// - Throws: `data` for a code that is not below ``size``.
  public func rows(_ codes: some Collection<UInt16>) throws(CodecFailure) -> FloatBuffer {
    let result = FloatBuffer(count: max(1, codes.count * width))
    for (row, code) in codes.enumerated() {
      guard code < size else {
        throw CodecFailure(
          .data, "token \(code) is not a code: the model has \(size), numbered from 0")
      }
      (result.base + row * width).update(from: codebook.base + Int(code) * width, count: width)
    }
    return result
  }
}
