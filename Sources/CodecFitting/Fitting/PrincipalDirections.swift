import Glibc
package import Neural

/// The directions in which windowed, pre-emphasised frames vary most.
///
/// A frame counts by its length to the power of 0.3, not 1, so that quiet consonants keep their share of
/// the directions.
package struct PrincipalDirections {
  /// Frames quieter than this are left out.
  private static let floor: Float = 0.005
  /// A frame is divided by its length to this power.
  private static let power: Float = 0.7

  private let pool: ThreadPool
  private var sum = [Double](repeating: 0, count: FrameGrid.window * FrameGrid.window)

  private let emphasis: Float

  /// - Parameter emphasis: a of the pre-emphasis y[n] = x[n] - a x[n - 1].
  package init(emphasis: Float, pool: ThreadPool) {
    self.emphasis = emphasis
    self.pool = pool
  }

  /// Takes in every `step`-th frame of some stems.
  package mutating func add(_ stems: [[Float]], step: Int) {
    let (hop, window) = (FrameGrid.hop, FrameGrid.window)
    let most = stems.reduce(0) { $0 + FrameGrid.frames(samples: $1.count) / step + 1 }
    let rows = FloatBuffer(count: most * window)
    var count = 0
    withExtendedLifetime(rows) {
      for samples in stems {
        let frames = FrameGrid.frames(samples: samples.count)
        let padded = FrameAnalysis.padded(samples, frames: frames)
        withExtendedLifetime(padded) {
          for frame in stride(from: 0, to: frames, by: step)
          where fill(rows.base + count * window, padded.base + frame * hop) { count += 1 }
        }
      }
      ScatterMatrix.add(
        rows.base, m: window, lda: window, rows.base, n: window, ldb: window, count: count,
        to: &sum, pool: pool)
    }
  }

  /// Writes a weighted frame; false when it is too quiet.
  private func fill(
    _ target: UnsafeMutablePointer<Float>, _ samples: UnsafePointer<Float>
  ) -> Bool {
    var energy: Float = 0
    for index in 0..<FrameGrid.window {
      let before = index == 0 ? 0 : samples[index - 1]
      let value = FrameGrid.form[index] * (samples[index] - emphasis * before)
      target[index] = value
      energy += value * value
    }
    let length = energy.squareRoot()
    guard length > Self.floor else { return false }
    let factor = Float(pow(Double(length), Double(-Self.power)))
    for index in 0..<FrameGrid.window { target[index] *= factor }
    return true
  }

  /// The first `count` directions, [count, window], and their share of the energy.
  package func directions(_ count: Int) throws(FittingFailure) -> (rows: [Float], share: Double) {
    let window = FrameGrid.window
    guard (1...window).contains(count),
      let found = LAPACK.spectrum(sum, size: window), let first = found.values.first, first > 0
    else { throw FittingFailure("the songs have no frame that is loud enough to fit to") }
    let share = found.values[..<count].reduce(0, +) / found.values.reduce(0, +)
    return (found.vectors[..<(count * window)].map { Float($0) }, share)
  }
}
