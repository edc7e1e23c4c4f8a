import Diagnostics
import Neural

/// Separation without a separator, for a model whose features are latents of a linear autoencoder: there the
/// latents of a song are those of its vocal and its accompaniment added up, so every frame is searched for
/// the pair of codes that add up to it most nearly, |z - v - a|^2.
///
/// It works for what such a model can sing; other music has no pair that is near. All pairs are tried: some
/// four million a frame for codebooks of 2048.
struct PairSearch: Sendable {
  /// The most pairs; there is a number for each.
  static let limit = 1 << 24

  /// What each code stands for, [size, latent].
  private let vocal: FloatBuffer
  private let accompaniment: FloatBuffer
  private let width: Int
  /// 2 v . a of every pair, [vocal, accompaniment].
  private let products: FloatBuffer
  private let vocalNorms: [Float]
  private let accompanimentNorms: [Float]

  /// The codes of a song, and what the song was divided by to find them.
  struct Result: Sendable {
    var vocal: [UInt16]
    var accompaniment: [UInt16]
    /// The vocal's part of each frame, [frames, latent].
    var vocalLatents: [Float]
    var gain: Float
  }

  /// - Parameters:
  ///   - vocal: what each vocal code stands for, [_, width].
  ///   - accompaniment: the same of the accompaniment.
  init(vocal: FloatBuffer, accompaniment: FloatBuffer, width: Int, pool: ThreadPool) {
    self.vocal = vocal
    self.accompaniment = accompaniment
    self.width = width
    let (m, n) = (vocal.count / width, accompaniment.count / width)
    products = FloatBuffer(count: m * n)
    pool.gemm(
      transposeA: false, transposeB: true, m: m, n: n, k: width, alpha: 2, a: vocal.base,
      lda: width, b: accompaniment.base, ldb: width, c: products.base, ldc: n)
    func norms(_ rows: FloatBuffer) -> [Float] {
      (0..<rows.count / width).map { row in
        (0..<width).reduce(0) { $0 + rows[row * width + $1] * rows[row * width + $1] }
      }
    }
    vocalNorms = norms(vocal)
    accompanimentNorms = norms(accompaniment)
  }

  /// Frames that are searched at a time; their scores take 16 kB each for codebooks of 2048.
  private static let step = 1024

  /// Separates latents [frames, width]; their level is found first.
  ///
  /// - Parameter progress: called with the share that is done.
  func separate(
    _ latents: [Float], pool: ThreadPool, progress: ((Double) -> Void)? = nil
  ) -> Result {
    let gain = level(latents, pool: pool)
    var pairs: [Pair] = []
    for start in stride(from: 0, to: latents.count, by: Self.step * width) {
      let end = min(latents.count, start + Self.step * width)
      pairs += search(latents[start..<end].map { $0 / gain }, pool: pool)
      progress?(Double(end) / Double(latents.count))
    }
    var parts: [Float] = []
    parts.reserveCapacity(latents.count)
    for pair in pairs { parts += row(vocal, pair.vocal) }
    return Result(
      vocal: pairs.map { UInt16($0.vocal) }, accompaniment: pairs.map { UInt16($0.accompaniment) },
      vocalLatents: parts, gain: gain)
  }

  private struct Pair {
    var vocal = 0
    var accompaniment = 0
    /// |z - v - a|^2 - |z|^2.
    var cost = Float.infinity
  }

  /// The gain at which pairs come nearest: the best of some powers of two, then least squares.
  ///
  /// Some frames tell it; silence does not.
  private func level(_ latents: [Float], pool: ThreadPool) -> Float {
    let frames = latents.count / width
    let energies = (0..<frames).map { frame in
      (0..<width).reduce(Float(0)) {
        $0 + latents[frame * width + $1] * latents[frame * width + $1]
      }
    }
    let loud = (energies.max() ?? 0) * 1e-4
    let heard = (0..<frames).filter { energies[$0] > loud }
    guard loud > 0, !heard.isEmpty else { return 1 }
    let step = max(1, heard.count / 64)
    var sample: [Float] = []
    for index in stride(from: 0, to: heard.count, by: step) {
      sample += latents[heard[index] * width..<(heard[index] + 1) * width]
    }
    let energy = sample.reduce(0) { $0 + $1 * $1 }
    var best = (gain: Float(1), rest: Float.infinity)
    var gain = Float(1) / 32
    while gain <= 16 {
      let pairs = search(sample.map { $0 / gain }, pool: pool)
      let rest = energy + pairs.reduce(0) { $0 + $1.cost } * gain * gain
      if rest < best.rest { best = (gain, rest) }
      gain *= 2
    }
    gain = best.gain
    for _ in 0..<6 {
      let pairs = search(sample.map { $0 / gain }, pool: pool)
      var (dot, norm) = (Float(0), Float(0))
      for (index, pair) in pairs.enumerated() {
        let (v, a) = (row(vocal, pair.vocal), row(accompaniment, pair.accompaniment))
        for (channel, (x, y)) in zip(v, a).enumerated() {
          dot += sample[index * width + channel] * (x + y)
          norm += (x + y) * (x + y)
        }
      }
      guard dot > 0, norm > 0 else { break }
      gain = dot / norm
    }
    return gain
  }

  private func row(_ buffer: FloatBuffer, _ index: Int) -> UnsafeBufferPointer<Float> {
    UnsafeBufferPointer(start: buffer.base + index * width, count: width)
  }

  /// The nearest pair of every frame; of equals the lowest vocal code, then the lowest accompaniment code.
  private func search(_ latents: [Float], pool: ThreadPool) -> [Pair] {
    let frames = latents.count / width
    let (m, n) = (vocalNorms.count, accompanimentNorms.count)
    let rows = FloatBuffer(latents)
    // -2 z . v + |v|^2 and the same of a, for every frame.
    let vocalScores = FloatBuffer(count: max(1, frames * m))
    let otherScores = FloatBuffer(count: max(1, frames * n))
    for (scores, codes, norms) in [
      (vocalScores, vocal, vocalNorms), (otherScores, accompaniment, accompanimentNorms),
    ] {
      let count = norms.count
      pool.gemm(
        transposeA: false, transposeB: true, m: frames, n: count, k: width, alpha: -2,
        a: rows.base, lda: width, b: codes.base, ldb: width, c: scores.base, ldc: count)
      for frame in 0..<frames {
        for code in 0..<count { scores.base[frame * count + code] += norms[code] }
      }
    }
    var pairs = [Pair](repeating: Pair(), count: frames)
    // So many frames see a row of products while it is in the cache.
    let block = 8
    pairs.withUnsafeMutableBufferPointer { pairs in
      nonisolated(unsafe) let pairs = pairs
      pool.run((frames + block - 1) / block) { task in
        for code in 0..<m {
          let line = products.base + code * n
          for frame in task * block..<min(frames, (task + 1) * block) {
            let other = otherScores.base + frame * n
            let own = vocalScores.base[frame * m + code]
            let least = own + Self.least(line, other, n)
            guard least < pairs[frame].cost else { continue }
            let place = (0..<n).first { own + (line[$0] + other[$0]) == least } ?? 0
            pairs[frame] = Pair(vocal: code, accompaniment: place, cost: least)
          }
        }
      }
    }
    return pairs
  }

  /// The least a[i] + b[i].
  private static func least(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int
  ) -> Float {
    typealias Lanes = SIMD16<Float>
    let (x, y) = (UnsafeRawPointer(a), UnsafeRawPointer(b))
    var lanes = Lanes(repeating: .infinity)
    var index = 0
    while index + 16 <= count {
      let sum =
        x.loadUnaligned(fromByteOffset: 4 * index, as: Lanes.self)
        + y.loadUnaligned(fromByteOffset: 4 * index, as: Lanes.self)
      lanes.replace(with: sum, where: sum .< lanes)
      index += 16
    }
    var least = lanes.min()
    while index < count {
      least = min(least, a[index] + b[index])
      index += 1
    }
    return least
  }
}
