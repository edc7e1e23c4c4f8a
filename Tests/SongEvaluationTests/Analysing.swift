import SongEvaluation

/// The figures of mono sounds, given in pieces of odd sizes.
func figures(
  _ programme: [Float], vocal: [Float]? = nil, accompaniment: [Float]? = nil,
  reference: [Float]? = nil, rate: Int
) throws -> SongFigures {
  let analysis = try SongAnalysis(
    sampleRate: rate, channels: 1, vocal: vocal.map { _ in 1 },
    accompaniment: accompaniment.map { _ in 1 }, comparing: reference != nil)
  func pieces(_ samples: [Float], _ take: (UnsafeBufferPointer<Float>) -> Void) {
    var start = 0
    var size = 1
    while start < samples.count {
      let end = min(samples.count, start + size)
      Array(samples[start..<end]).withUnsafeBufferPointer(take)
      start = end
      size = size * 7 % 9973 + 1
    }
  }
  pieces(programme) { analysis.add(programme: $0) }
  if let vocal { pieces(vocal) { analysis.add(vocal: $0) } }
  if let accompaniment { pieces(accompaniment) { analysis.add(accompaniment: $0) } }
  if let reference { analysis.add(reference: reference) }
  return analysis.finish()
}
