import Neural

extension LanguageModel {
  private var stepMatrices: [WeightMatrix] {
    let layers = (transformer.layers + transformer2.layers).flatMap {
      [$0.query, $0.key, $0.value, $0.output, $0.gate, $0.up, $0.down]
    }
    return layers + [bridgeIn, bridgeOut] + heads
  }

  /// Bytes of weights that a step reads: both transformers, the bridge and the heads.
  public var bytesPerStep: Int { stepMatrices.reduce(0) { $0 + $1.byteCount } }

  /// Multiplications of a step for one guidance row.
  public var weightsPerStep: Int { stepMatrices.reduce(0) { $0 + $1.rows * $1.columns } }

  /// Bytes of keys and values of one position of both guidance rows, in int8.
  public var cacheBytesPerPosition: Int {
    cacheBytesPerPosition(.fast)
  }

  /// Bytes of keys and values of one position of both guidance rows.
  public func cacheBytesPerPosition(_ arithmetic: Arithmetic) -> Int {
    [config.main, config.sub].reduce(0) { sum, shape in
      sum
        + (arithmetic.exactCache
          ? shape.layers * 2 * 2 * shape.width * MemoryLayout<Float>.size
          : CompactCache.pieceBytes(shape, rows: 2) / CompactCache.step)
    }
  }
}
