import Neural

/// The least-squares inverse of the analysis: what each number of a latent adds to the 80 ms around its
/// frame.
///
/// The first half of a frame's samples is made of the latent and its predecessor, the second of the latent
/// and its successor.
struct SynthesisKernel {
  /// What is added to the diagonal for each row, against directions that never occur.
  private static let ridge = 1e-6

  private let latent: Int
  private let pool: ThreadPool
  private var rows = 0
  /// Products of three neighbouring latents with themselves, and with a frame's samples.
  private var squares: [Double]
  private var products: [Double]

  init(latent: Int, pool: ThreadPool) {
    self.latent = latent
    self.pool = pool
    squares = [Double](repeating: 0, count: 9 * latent * latent)
    products = [Double](repeating: 0, count: 3 * latent * FrameGrid.hop)
  }

  /// Takes in a stem, or a mix, and its latents [frames, latent].
  mutating func add(_ samples: [Float], _ latents: FloatBuffer) {
    let frames = min(FrameGrid.frames(samples: samples.count), latents.count / latent)
    guard frames > 0 else { return }
    let (wide, hop) = (3 * latent, FrameGrid.hop)
    // Rows of three neighbours, as windows of the latents with a row of zeros before and after.
    let padded = FloatBuffer(count: (frames + 2) * latent)
    withExtendedLifetime((padded, latents)) {
      (padded.base + latent).update(from: latents.base, count: frames * latent)
      ScatterMatrix.add(
        padded.base, m: wide, lda: latent, padded.base, n: wide, ldb: latent, count: frames,
        to: &squares, pool: pool)
      samples.withUnsafeBufferPointer { samples in
        guard let first = samples.baseAddress else { return }
        ScatterMatrix.add(
          padded.base, m: wide, lda: latent, first, n: hop, ldb: hop, count: frames,
          to: &products, pool: pool)
      }
    }
    rows += frames
  }

  /// [latent, window]: sample `FrameGrid.lead` of a row belongs to the first sample of the frame.
  func solve() throws(FittingFailure) -> [Float] {
    let half = FrameGrid.hop / 2
    let window = FrameGrid.window
    var kernel = [Float](repeating: 0, count: latent * window)
    for part in 0..<2 {
      // Predecessor and latent for the first half, latent and successor for the second.
      guard let x = solve(first: part * latent, samples: part * half..<(part + 1) * half) else {
        throw FittingFailure("the songs are too few, or too much alike, to fit a decoder to")
      }
      for sample in 0..<half {
        for index in 0..<latent {
          let earlier = Float(x[sample * 2 * latent + index])
          let later = Float(x[sample * 2 * latent + latent + index])
          // A latent's row: its frame begins at `lead`, its predecessor's half a window later.
          let at = FrameGrid.lead + part * half + sample
          if part == 0 {
            kernel[index * window + at + FrameGrid.hop] = earlier
            kernel[index * window + at] = later
          } else {
            kernel[index * window + at] = earlier
            kernel[index * window + at - FrameGrid.hop] = later
          }
        }
      }
    }
    return kernel
  }

  /// Rows [samples.count, 2 * latent].
  private func solve(first: Int, samples: Range<Int>) -> [Double]? {
    let (wide, size, hop) = (3 * latent, 2 * latent, FrameGrid.hop)
    var matrix = [Double](repeating: 0, count: size * size)
    var right = [Double](repeating: 0, count: samples.count * size)
    for i in 0..<size {
      for j in 0..<size { matrix[i * size + j] = squares[(first + i) * wide + first + j] }
      matrix[i * size + i] += Self.ridge * Double(rows)
      for (row, sample) in samples.enumerated() {
        right[row * size + i] = products[(first + i) * hop + sample]
      }
    }
    return LAPACK.solve(matrix, rows: right, size: size)
  }
}
