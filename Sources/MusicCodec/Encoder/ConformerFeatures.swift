import Diagnostics
import Neural
package import Weights

/// The tokenizer of one checkpoint of the official form: MusicFM and the quantisers that belong to it.
package final class ConformerFeatures: Sendable {
  /// The first sample rate that a recording is brought to.
  static let sampleRate = 48_000

  private let encoder: FeatureEncoder
  private let kernel: SincKernel
  private let searches: [CodeRow: CodeSearch]

  /// - Parameter rows: what the checkpoint is wanted for: mixed of the one-track file, vocal and
  ///   accompaniment of the two-track file.
  package init(_ source: any TensorSource, rows: Set<CodeRow>) throws(WeightsFailure) {
    encoder = try FeatureEncoder(source, layers: rows.map(\.layer).max() ?? 0)
    var searches: [CodeRow: CodeSearch] = [:]
    for row in CodeRow.allCases where rows.contains(row) {
      let quantiser = try VectorQuantiser(source, row.quantiser)
      guard quantiser.condition == encoder.width else {
        throw WeightsFailure(
          .data, "\(printable(source.title)): encoder and quantiser do not fit together")
      }
      searches[row] = try CodeSearch(source, row.quantiser, quantiser)
    }
    self.searches = searches
    do {
      let name = "rsq48tobestrq.kernel"
      if let shape = source.shape(of: name) {
        kernel = try SincKernel(
          from: Self.sampleRate, to: FeatureEncoder.sampleRate,
          stored: source.tensor(name, shape: shape).array)
      } else {
        kernel = try SincKernel(
          from: Self.sampleRate, to: FeatureEncoder.sampleRate, arithmetic: .module)
      }
    } catch let failure as CodecFailure {
      throw WeightsFailure(failure.status, "\(printable(source.title)): \(failure.description)")
    } catch let failure as WeightsFailure {
      throw failure
    } catch {
      throw WeightsFailure(.data, "\(printable(source.title)): its resampling kernel is damaged")
    }
  }

  /// The codes of a recording.
  ///
  /// - Parameters:
  ///   - progress: called with the share that is done, 0 to 1.
  ///   - trace: called with the chunk, the hidden state's number and the state, [1000, width].
  func codes(
    _ row: CodeRow, _ plan: ChunkPlan, pool: ThreadPool, progress: ((Double) -> Void)? = nil,
    trace: ((Int, Int, UnsafePointer<Float>) -> Void)? = nil
  ) throws(CodecFailure) -> [UInt16] {
    guard let search = searches[row] else {
      throw CodecFailure(.unavailable, "this model was not opened for the \(row.rawValue) row")
    }
    var codes: [UInt16] = []
    for chunk in 0..<plan.chunks {
      let signal = SincResampler.convert(try plan.mono(chunk), kernel, channels: 1)
      let hidden = encoder.front(signal, period: plan.period, pool: pool)
      trace?(chunk, 0, hidden.base)
      encoder.run(hidden, layers: row.layer, pool: pool) { trace?(chunk, $0, $1) }
      codes += search.codes(Array(hidden), pool: pool)
      progress?(Double(chunk + 1) / Double(plan.chunks))
    }
    return Array(codes.prefix(plan.codes))
  }
}
