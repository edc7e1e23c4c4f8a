import Neural

/// The expected normalised latents of a frame, given the codes of the frame and of both neighbours: a
/// linear regression on their condition vectors.
struct CodeRegression: Sendable {
  /// Numbers of a latent, and of a condition vector.
  let latent: Int
  /// What each condition is multiplied with, [latent, 6 * latent]: of the frame before, the frame itself
  /// and the frame after, first the vocal's and then the accompaniment's.
  let weights: [Float]

  /// Frames and neighbours that a frame's condition vectors are seen in.
  static let reach = 1
  private static let ridge = 1e-4

  /// The weights that condition `index` of track `track`, `offset` frames away, has on `channel`.
  func weight(_ channel: Int, offset: Int, track: Int, index: Int) -> Float {
    weights[(channel * 3 + offset + Self.reach) * 2 * latent + track * latent + index]
  }

  /// The sums of a regression, as songs come in.
  struct Sums {
    private let latent: Int
    private let pool: ThreadPool
    private var squares: [Double]
    private var products: [Double]
    private var rows = 0

    init(latent: Int, pool: ThreadPool) {
      self.latent = latent
      self.pool = pool
      squares = [Double](repeating: 0, count: 36 * latent * latent)
      products = [Double](repeating: 0, count: 6 * latent * latent)
    }

    /// Takes in frames that follow each other.
    ///
    /// - Parameters:
    ///   - conditions: of the vocal and of the accompaniment, [frames, latent] each.
    ///   - targets: normalised latents [frames, latent].
    mutating func add(_ conditions: [FloatBuffer], targets: FloatBuffer) {
      let frames = targets.count / latent
      guard frames > 0, conditions.count == 2 else { return }
      let wide = 2 * latent
      let padded = FloatBuffer(count: (frames + 2) * wide)
      withExtendedLifetime((conditions, targets, padded)) {
        for frame in 0..<frames {
          let row = padded.base + (frame + 1) * wide
          for (track, values) in conditions.enumerated() {
            (row + track * latent).update(from: values.base + frame * latent, count: latent)
          }
        }
        // The song's ends are beside frames like themselves.
        padded.base.update(from: padded.base + wide, count: wide)
        (padded.base + (frames + 1) * wide).update(
          from: padded.base + frames * wide, count: wide)
        ScatterMatrix.add(
          padded.base, m: 3 * wide, lda: wide, padded.base, n: 3 * wide, ldb: wide,
          count: frames, to: &squares, pool: pool)
        ScatterMatrix.add(
          targets.base, m: latent, lda: latent, padded.base, n: 3 * wide, ldb: wide,
          count: frames, to: &products, pool: pool)
      }
      rows += frames
    }

    /// - Throws: when no frames came in.
    func solve() throws(FittingFailure) -> CodeRegression {
      let size = 6 * latent
      var matrix = squares
      var right = products
      // The pull is towards the plain sum of the frame's own conditions.
      let pull = CodeRegression.ridge * Double(rows)
      for index in 0..<size { matrix[index * size + index] += pull }
      for channel in 0..<latent {
        right[channel * size + 2 * latent + channel] += pull
        right[channel * size + 3 * latent + channel] += pull
      }
      guard rows > 0, let weights = LAPACK.solve(matrix, rows: right, size: size) else {
        throw FittingFailure("the songs are too few to fit a flow to")
      }
      return CodeRegression(latent: latent, weights: weights.map { Float($0) })
    }
  }
}
