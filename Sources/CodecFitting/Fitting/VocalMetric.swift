import Neural

/// How latents of the vocal-forward mix are compared so that the voice counts and what plays beside it
/// counts less: the scatter among frames of one vocal code is made the same in all directions.
///
/// That is a linear discriminant analysis whose classes are the vocal codes; directions in which the
/// accompaniment is loud are pressed together.
enum VocalMetric {
  /// What is added to the scatter, as a share of its largest value.
  private static let floor = 3e-4

  /// - Parameters:
  ///   - latents: of the vocal-forward mix, [count, latent].
  ///   - classes: the vocal code of each, or a negative number for a frame without voice.
  ///   - width: rows of the projection, at most `latent`.
  /// - Returns: the projection [width, latent].
  static func fit(
    _ latents: FloatBuffer, latent: Int, classes: [Int], width: Int, pool: ThreadPool
  ) throws(FittingFailure) -> [Float] {
    let sizes = (classes.max() ?? -1) + 1
    var counts = [Double](repeating: 0, count: max(1, sizes))
    var means = [Double](repeating: 0, count: max(1, sizes) * latent)
    var whole = [Double](repeating: 0, count: latent)
    let voiced = classes.indices.filter { classes[$0] >= 0 }
    let inner = FloatBuffer(count: voiced.count * latent)
    let total = FloatBuffer(count: voiced.count * latent)
    var within = [Double](repeating: 0, count: latent * latent)
    var all = within
    withExtendedLifetime((latents, inner, total)) {
      for frame in voiced {
        counts[classes[frame]] += 1
        for index in 0..<latent {
          let value = Double(latents.base[frame * latent + index])
          means[classes[frame] * latent + index] += value
          whole[index] += value
        }
      }
      for (row, frame) in voiced.enumerated() {
        for index in 0..<latent {
          let value = Double(latents.base[frame * latent + index])
          let mean = means[classes[frame] * latent + index] / counts[classes[frame]]
          inner.base[row * latent + index] = Float(value - mean)
          total.base[row * latent + index] = Float(value - whole[index] / Double(voiced.count))
        }
      }
      ScatterMatrix.add(
        inner.base, m: latent, lda: latent, inner.base, n: latent, ldb: latent,
        count: voiced.count, to: &within, pool: pool)
      ScatterMatrix.add(
        total.base, m: latent, lda: latent, total.base, n: latent, ldb: latent,
        count: voiced.count, to: &all, pool: pool)
    }
    let scale = 1 / Double(max(1, voiced.count))
    guard width <= latent, let scatter = LAPACK.spectrum(within.map { $0 * scale }, size: latent),
      let largest = scatter.values.first, largest > 0
    else { throw FittingFailure("nobody sings in the songs: there is nothing to fit a codec to") }
    // Rows that make the scatter within a code the same everywhere.
    let whitening = (0..<latent).flatMap { row in
      let factor = 1 / (max(0, scatter.values[row]) + floor * largest).squareRoot()
      return (0..<latent).map { scatter.vectors[row * latent + $0] * factor }
    }
    let seen = product(
      product(whitening, all.map { $0 * scale }, latent), transposed(whitening, latent), latent)
    guard let directions = LAPACK.spectrum(symmetric(seen, latent), size: latent) else {
      throw FittingFailure("the songs are too few to fit a codec to")
    }
    // The largest entry of the whitening is made 1: the scale of a projection does not matter.
    let top = whitening.reduce(0) { max($0, abs($1)) }
    return product(directions.vectors, whitening, latent)[..<(width * latent)].map {
      Float($0 / top)
    }
  }

  private static func product(_ a: [Double], _ b: [Double], _ size: Int) -> [Double] {
    var result = [Double](repeating: 0, count: size * size)
    for i in 0..<size {
      for k in 0..<size {
        let factor = a[i * size + k]
        for j in 0..<size { result[i * size + j] += factor * b[k * size + j] }
      }
    }
    return result
  }

  private static func transposed(_ a: [Double], _ size: Int) -> [Double] {
    (0..<size * size).map { a[$0 % size * size + $0 / size] }
  }

  private static func symmetric(_ a: [Double], _ size: Int) -> [Double] {
    let turned = transposed(a, size)
    return a.indices.map { (a[$0] + turned[$0]) / 2 }
  }
}
