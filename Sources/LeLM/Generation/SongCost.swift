import Glibc
public import Neural

/// What a song would take with a model, before it is made.
///
/// Bytes are counted. Seconds come from a trial of some tenths of a second: a step and a batch of the
/// first layers, scaled by the weights that all layers read; a song that ends before its longest length
/// takes less.
public struct SongCost: Sendable {
  /// Peak bytes: the weights that steps read, the cache, what the prefix needs while it is read.
  public let bytes: Int
  /// Of these, what can be saved by not keeping the null prefix for later songs.
  public let keptBytes: Int

  private let frames: Int

  /// - Parameters:
  ///   - frames: the longest that the song may get.
  ///   - arithmetic: nil for the model's own.
  public init(_ model: LanguageModel, frames: Int, arithmetic: Arithmetic? = nil) {
    let config = model.config
    let arithmetic = arithmetic ?? model.ownArithmetic
    self.frames = frames
    let step = arithmetic.exactCache ? 1 : CompactCache.step
    func cache(_ positions: Int) -> Int {
      (positions + step - 1) / step * step * model.cacheBytesPerPosition(arithmetic)
    }
    let positions = config.prefixLength + 1 + frames + (config.delays.max() ?? 0)
    let lead = config.delays.max() ?? 0
    // One guidance row of the prefix, or both of the delay region: f32 and int8 activations.
    let batch = max(config.prefixLength, 2 * (lead + 1))
    let vectors = batch * (11 * config.main.width + 3 * config.main.feedForward) * 4
    let outputs = 2 * (2 * config.prefixLength + 2 * lead) * config.main.width * 4
    keptBytes = cache(config.prefixLength) / 2
    bytes = model.bytesPerStep + cache(positions) + vectors + outputs + keptBytes + (48 << 20)
  }

  /// Seconds for the longest song.
  public func seconds(
    _ model: LanguageModel, arithmetic: Arithmetic? = nil, pool: ThreadPool
  ) -> Double {
    let config = model.config
    let trial = model.keepingLayers(6)
    let batch = 48
    let decoder = TrackDecoder(trial, columns: batch + 8, arithmetic: arithmetic, pool: pool)
    func advance(_ count: Int) -> Double {
      let tokens = [Int32](repeating: 0, count: count)
      let start = Self.now()
      let mixed = decoder.advanceMixed(prefix: nil, columns: tokens)
      let dual = decoder.advanceDual(prefix: nil, columns: [tokens, tokens], mixed: mixed)
      for codebook in 0..<3 {
        _ = decoder.logits(
          codebook: codebook, of: codebook == 0 ? mixed : dual, position: count - 1)
      }
      return Self.now() - start
    }
    _ = advance(1)
    let step = (0..<3).reduce(Double.infinity) { least, _ in min(least, advance(1)) }
    let share = Double(model.bytesPerStep) / Double(max(1, trial.bytesPerStep))
    let position =
      max(0, advance(batch) - step) / Double(batch) * Double(model.weightsPerStep)
      / Double(max(1, trial.weightsPerStep))
    // Reading the cache, half the song's positions on average, at the rate of the weights.
    let past = Double(config.prefixLength) + Double(frames) / 2
    let exact = (arithmetic ?? model.ownArithmetic).exactCache
    let cache =
      past * Double(model.cacheBytesPerPosition(exact ? .exact : .fast))
      / Double(max(1, model.bytesPerStep))
    return Double(frames) * step * share * (1 + cache) + Double(config.prefixLength) * position
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

extension LanguageModel {
  /// The model with at most `count` layers in each transformer: wrong, but as fast as its layers.
  package func keepingLayers(_ count: Int) -> LanguageModel {
    var copy = self
    copy.transformer = transformer.keepingLayers(count)
    copy.transformer2 = transformer2.keepingLayers(count)
    return copy
  }
}

extension Transformer {
  fileprivate func keepingLayers(_ count: Int) -> Transformer {
    var shape = shape
    shape.layers = min(count, layers.count)
    return Transformer(
      shape: shape, layers: Array(layers.prefix(count)), finalNorm: finalNorm, rotary: rotary)
  }
}
