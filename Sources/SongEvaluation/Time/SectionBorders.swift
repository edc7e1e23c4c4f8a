import Glibc

/// Where a song changes: the peaks of novelty.
///
/// A checkerboard with a Gaussian taper moves along the diagonal of the self-similarity matrix (Foote
/// 2000, "Automatic audio segmentation using a measure of audio novelty"): novelty is high where what
/// follows is like itself, what went before is like itself, and both differ. The matrix holds the
/// cosines of blocks of half a second: 24 bands in dB, each with the song's mean taken off and its
/// spread made 1, and 12 pitch classes. The checkerboard reaches 4 s to either side. A peak counts if
/// it is the highest within 3 s and exceeds the mean novelty by half its standard deviation and by
/// 0.03.
public struct SectionBorders: Sendable {
  /// Seconds, in order.
  public let seconds: [Double]

  private static let block = 0.5
  private static let reach = 4.0
  private static let distance = 3.0

  /// - Parameters:
  ///   - levels: [frames, bands], dB.
  ///   - chroma: [frames, 12].
  ///   - period: Seconds from one frame to the next.
  /// - Complexity: O(blocks · reach²).
  public init(levels: [Float], bands: Int, chroma: [Float], period: Double) {
    let frames = min(levels.count / max(1, bands), chroma.count / 12)
    let perBlock = max(1, Int((Self.block / max(period, 1e-6)).rounded()))
    let seconds = Double(perBlock) * period
    let blocks = Self.blocks(levels, bands, chroma, count: frames / perBlock, perBlock)
    let reach = Int((Self.reach / seconds).rounded())
    let novelty = blocks.indices.map { Self.novelty(blocks, at: $0, reach: reach) }
    let mean = novelty.reduce(0, +) / Double(max(1, novelty.count))
    let spread =
      (novelty.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      / Double(max(1, novelty.count))).squareRoot()
    let apart = Int((Self.distance / seconds).rounded())
    self.seconds = novelty.indices.filter { index in
      let near = max(0, index - apart)...min(novelty.count - 1, index + apart)
      let value = novelty[index]
      guard index >= apart, index + apart <= novelty.count else { return false }
      return value > mean + 0.5 * spread && value > mean + 0.03
        && near.allSatisfy {
          $0 == index || novelty[$0] < value || ($0 > index && novelty[$0] == value)
        }
    }.map { Double($0) * seconds }
  }

  /// How new what begins with block `centre` is.
  private static func novelty(_ blocks: [[Float]], at centre: Int, reach: Int) -> Double {
    let reach = min(reach, centre, blocks.count - centre)
    guard reach >= 2 else { return 0 }
    var (sum, weight) = (0.0, 0.0)
    for row in -reach..<reach {
      for column in -reach...row {
        let (x, y) = ((Double(row) + 0.5) / Double(reach), (Double(column) + 0.5) / Double(reach))
        let taper = exp(-2 * (x * x + y * y)) * (row == column ? 0.5 : 1)
        let sign: Double = (row < 0) == (column < 0) ? 1 : -1
        var product: Float = 0
        let (one, other) = (blocks[centre + row], blocks[centre + column])
        for index in one.indices { product += one[index] * other[index] }
        sum += sign * taper * Double(product)
        weight += taper
      }
    }
    return sum / weight
  }

  /// Blocks as vectors of length 1.
  private static func blocks(
    _ levels: [Float], _ bands: Int, _ chroma: [Float], count: Int, _ perBlock: Int
  ) -> [[Float]] {
    var timbres: [[Float]] = []
    var pitches: [[Float]] = []
    for block in 0..<count {
      var timbre = [Float](repeating: 0, count: bands)
      var pitch = [Float](repeating: 0, count: 12)
      for frame in block * perBlock..<(block + 1) * perBlock {
        for band in 0..<bands { timbre[band] += levels[frame * bands + band] / Float(perBlock) }
        for index in 0..<12 { pitch[index] += chroma[frame * 12 + index] }
      }
      timbres.append(timbre)
      pitches.append(unit(pitch))
    }
    for band in 0..<bands {
      let mean = timbres.reduce(0) { $0 + $1[band] } / Float(max(1, count))
      let spread =
        (timbres.reduce(0) { $0 + ($1[band] - mean) * ($1[band] - mean) }
        / Float(max(1, count))).squareRoot()
      for block in timbres.indices {
        timbres[block][band] = (timbres[block][band] - mean) / max(1, spread)
      }
    }
    return zip(timbres, pitches).map { unit(unit($0) + $1) }
  }

  private static func unit(_ values: [Float]) -> [Float] {
    let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return length > 1e-9 ? values.map { $0 / length } : values
  }
}
