import Diagnostics
package import Neural
package import Weights

/// MusicFM as far as the codes need it: 24 kHz mono to hidden states, 25 frames a second.
///
/// "A Foundation Model for Music Informatics", arXiv 2311.03318; here the variant of LeVo's tokenizers.
package final class FeatureEncoder: Sendable {
  package static let sampleRate = 24_000
  /// Samples of a frame.
  package static let frameSamples = 960
  private static let prefix = "bestrq.model."

  private let mel: MelSpectrogram
  private let subsampling: Subsampling
  private let conformer: Conformer

  /// - Parameter layers: conformer blocks that are needed.
  package init(_ source: any TensorSource, layers: Int) throws(WeightsFailure) {
    mel = MelSpectrogram(
      filters: try MelFilters(source, Self.prefix + "preprocessor_melspec_2048.mel_stft"))
    subsampling = try Subsampling(source, Self.prefix + "conv")
    conformer = try Conformer(source, Self.prefix + "conformer", layers: layers)
    guard subsampling.outputs == conformer.shape.width else {
      throw WeightsFailure(
        .data, "\(printable(source.title)): the encoder's front end and blocks do not fit together")
    }
  }

  /// Width of a hidden state.
  package var width: Int { conformer.shape.width }
  /// Blocks that are there.
  package var layers: Int { conformer.layers }

  /// Hidden state 0 of a chunk: what the convolutions make of it.
  ///
  /// - Parameters:
  ///   - signal: 24 kHz mono; whole frames of it are used.
  ///   - period: frames after which the signal repeats itself, if it does: what is equal is computed
  ///     once, and has the same bits as if it were not.
  /// - Returns: [signal.count / 960, width].
  package func front(_ signal: [Float], period: Int? = nil, pool: ThreadPool) -> FloatBuffer {
    let frames = signal.count / Self.frameSamples
    let hidden = FloatBuffer(count: max(1, frames * width))
    let whole = Array(signal.prefix(frames * Self.frameSamples))
    let (head, tail) = (Subsampling.headFrames, Subsampling.tailFrames)
    guard let period, period > 0, head + period + tail < frames else {
      front(whole, 0..<frames, to: hidden, pool)
      return hidden
    }
    let repeated = head..<head + period
    front(whole, 0..<repeated.upperBound, to: hidden, pool)
    front(whole, frames - tail..<frames, to: hidden, pool)
    for frame in repeated.upperBound..<frames - tail {
      (hidden.base + frame * width).update(
        from: hidden.base + (frame - period) * width, count: width)
    }
    return hidden
  }

  private func front(
    _ signal: [Float], _ range: Range<Int>, to hidden: FloatBuffer, _ pool: ThreadPool
  ) {
    let total = MelSpectrogram.frames(samples: signal.count)
    let needed = Subsampling.melFrames(for: range, total: total)
    subsampling.run(
      mel: mel.run(signal, frames: needed, pool: pool), melRange: needed, total: total,
      frames: range, to: hidden.base + range.lowerBound * width, pool: pool)
  }

  /// Runs `layers` blocks over `hidden`, [frames, width], in place: hidden state `layers`.
  ///
  /// - Parameter trace: called with each hidden state.
  package func run(
    _ hidden: FloatBuffer, layers: Int, pool: ThreadPool,
    trace: ((Int, UnsafePointer<Float>) -> Void)? = nil
  ) {
    conformer.run(
      hidden, frames: hidden.count / width, layers: layers, pool: pool, trace: trace)
  }

  /// Mel frames of a signal, [signal.count / 240, 128].
  package func melFrames(_ signal: [Float], pool: ThreadPool) -> FloatBuffer {
    mel.run(signal, frames: 0..<MelSpectrogram.frames(samples: signal.count), pool: pool)
  }

  /// The convolutions over mel frames [frames, 128]: [ceil(ceil(frames / 2) / 2), width].
  package func subsample(_ mel: [Float], pool: ThreadPool) -> [Float] {
    let total = mel.count / MelFilters.bands
    let frames = Subsampling.halved(Subsampling.halved(total))
    let hidden = FloatBuffer(count: frames * width)
    subsampling.run(
      mel: FloatBuffer(mel), melRange: 0..<total, total: total, frames: 0..<frames,
      to: hidden.base, pool: pool)
    return Array(hidden)
  }
}
