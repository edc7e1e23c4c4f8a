import Neural

/// Fits the closed-form flow to the latents of songs and their codes.
struct FlowFitter {
  private let frames: FrameCodec
  private let mean: [Float]
  private let deviation: [Float]

  /// Frames that are taken in at a time.
  private static let block = 2048

  init(_ frames: FrameCodec, mean: [Float], deviation: [Float]) {
    self.frames = frames
    self.mean = mean
    self.deviation = deviation
  }

  /// Each frame counts once with both stems, and once for every three frames with one stem alone.
  ///
  /// - Parameters:
  ///   - vocal: latents of the songs, one after the other, [frames, latent].
  ///   - accompaniment: the same.
  func fit(
    vocal: FloatBuffer, accompaniment: FloatBuffer, pool: ThreadPool
  ) throws(FittingFailure) -> MeanFlow {
    let latent = mean.count
    let count = min(vocal.count, accompaniment.count) / latent
    let blocks = (count + Self.block - 1) / Self.block
    var sums = CodeRegression.Sums(latent: latent, pool: pool)
    var parts: [(FloatBuffer, FloatBuffer, FloatBuffer)] = []
    let silence = FloatBuffer(count: latent)
    let quiet = withExtendedLifetime(silence) {
      (
        frames.vocal.codes(silence.base, count: 1),
        frames.accompaniment.codes(silence.base, count: 1)
      )
    }
    for index in 0..<blocks {
      let range = index * Self.block..<min(count, (index + 1) * Self.block)
      let (voice, band) = withExtendedLifetime((vocal, accompaniment)) {
        (
          frames.vocal.codes(vocal.base + range.lowerBound * latent, count: range.count),
          frames.accompaniment.codes(
            accompaniment.base + range.lowerBound * latent, count: range.count)
        )
      }
      let conditions = [
        condition(voice, frames.vocal), condition(band, frames.accompaniment),
      ]
      let targets = target(vocal, accompaniment, range)
      sums.add(conditions, targets: targets)
      parts.append((conditions[0], conditions[1], targets))
      guard index % 3 == 0 else { continue }
      let count = range.count
      sums.add(
        [
          conditions[0],
          condition([UInt16](repeating: quiet.1[0], count: count), frames.accompaniment),
        ], targets: target(vocal, nil, range))
      sums.add(
        [
          condition([UInt16](repeating: quiet.0[0], count: count), frames.vocal), conditions[1],
        ], targets: target(nil, accompaniment, range))
    }
    let regression = try sums.solve()
    return MeanFlow(regression, energy: energy(regression, parts))
  }

  /// Condition vectors as the quantisers' files give them, [codes.count, latent].
  private func condition(_ codes: [UInt16], _ book: FrameBook) -> FloatBuffer {
    let latent = mean.count
    let result = FloatBuffer(count: codes.count * latent)
    withExtendedLifetime((result, book.rows)) {
      for (frame, code) in codes.enumerated() {
        let row = book.rows.base + Int(code) * book.width
        for index in 0..<latent {
          let value = index < book.width - 1 ? row[index] : 0
          result.base[frame * latent + index] =
            (value - mean[index] / 2) / max(deviation[index], 1e-12)
        }
      }
    }
    return result
  }

  /// Normalised latents of the sum of what is there.
  private func target(
    _ vocal: FloatBuffer?, _ accompaniment: FloatBuffer?, _ range: Range<Int>
  ) -> FloatBuffer {
    let latent = mean.count
    let result = FloatBuffer(count: range.count * latent)
    for index in 0..<result.count {
      let place = range.lowerBound * latent + index
      let channel = index % latent
      let value = (vocal?[place] ?? 0) + (accompaniment?[place] ?? 0)
      result[index] = (value - mean[channel]) / max(deviation[channel], 1e-12)
    }
    return result
  }

  /// Mean square lengths of what a hidden state is made of.
  private func energy(
    _ regression: CodeRegression, _ parts: [(FloatBuffer, FloatBuffer, FloatBuffer)]
  ) -> (conditions: Float, neighbours: Float, latents: Float) {
    let latent = mean.count
    var (conditions, latents, neighbours) = (0.0, 0.0, 0.0)
    var (count, sampled) = (0, 0)
    for (voice, band, target) in parts {
      let frames = target.count / latent
      count += frames
      for index in 0..<target.count {
        conditions += Double(voice[index] * voice[index] + band[index] * band[index])
        latents += Double(target[index] * target[index])
      }
      for frame in stride(from: 1, to: frames - 1, by: 101) {
        sampled += 1
        for channel in 0..<latent {
          var sum: Float = 0
          for offset in [-1, 1] {
            for (track, values) in [voice, band].enumerated() {
              for index in 0..<latent {
                sum +=
                  regression.weight(channel, offset: offset, track: track, index: index)
                  * values[(frame + offset) * latent + index]
              }
            }
          }
          neighbours += Double(sum * sum)
        }
      }
    }
    return (
      Float(conditions / Double(max(1, count))), Float(neighbours / Double(max(1, sampled))),
      Float(latents / Double(max(1, count)))
    )
  }
}
