import Diagnostics
public import Neural
public import Weights

/// The flow half of the codec: quantisers, latent statistics and the flow network of one file.
public final class FlowModel: Sendable {
  public let shape: FlowShape
  /// One for each condition track: vocal, accompaniment.
  public let quantisers: [VectorQuantiser]
  public let statistics: LatentStatistics
  package let estimator: FlowEstimator
  package let input: FlowInput

  /// - Parameters:
  ///   - source: the official names of the two-track file, or of the one-track file with a flow
  ///     network.
  ///   - heads: attention heads; `nil` for the official network.
  ///   - precision: of the flow network's products.
  ///   - pool: what weights are packed with.
  public init(
    _ source: any TensorSource, heads: Int? = nil, precision: Precision = .f32,
    pool: ThreadPool? = nil
  ) throws(WeightsFailure) {
    let shape = try FlowShape(source, heads: heads)
    self.shape = shape
    var quantisers = [try VectorQuantiser(source, "rvq_bestrq_emb.quantizers.0")]
    if shape.tracks == 2 {
      quantisers.append(try VectorQuantiser(source, "rvq_bestrq_bgm_emb.quantizers.0"))
    }
    self.quantisers = quantisers
    let statistics = try LatentStatistics(source)
    guard quantisers.allSatisfy({ $0.condition == shape.condition }),
      statistics.sums.count == shape.latent
    else {
      throw WeightsFailure(
        .data, "\(printable(source.title)): quantisers and flow network do not fit together")
    }
    self.statistics = statistics
    estimator = try FlowEstimator(source, shape, precision: precision, pool: pool)
    input = try FlowInput(source, shape)
  }

  /// Condition vectors of each track, [frames, condition].
  ///
  /// - Throws: `data` for a code that does not exist.
  public func conditions(_ codes: [[UInt16]]) throws(CodecFailure) -> [FloatBuffer] {
    var result: [FloatBuffer] = []
    for (quantiser, codes) in zip(quantisers, codes) {
      result.append(try quantiser.look(up: codes))
    }
    return result
  }
}
