import CodecFitting
import Neural
import Testing

struct SphericalMeansTests {
  private static let width = 16
  private static let first = [Float](repeating: 0.25, count: width)

  /// 12 directions with 50 rows of two lengths around each.
  private func rows() -> FloatBuffer {
    let rows = FloatBuffer(count: 600 * Self.width)
    withExtendedLifetime(rows) { Philox(seed: 1, stream: 0).fillNormals(rows.elements, at: 0) }
    for row in 0..<600 {
      for index in 0..<Self.width { rows[row * Self.width + index] *= 0.02 }
      rows[row * Self.width + row % 12] += row < 300 ? 1 : 2
    }
    return rows
  }

  private func fit(_ threads: Int, seed: UInt64 = 0) throws -> (rows: [Float], members: [Int]) {
    var means = SphericalMeans()
    means.seed = seed
    let found = try means.fit(
      rows(), width: Self.width, size: 13, first: Self.first, pool: ThreadPool(threads: threads))
    return (Array(found.rows), found.members)
  }

  @Test func plantedDirectionsAreFound() throws {
    let found = try fit(2)
    #expect(Array(found.rows[..<Self.width]) == Self.first)
    #expect(found.members == [0] + [Int](repeating: 50, count: 12))
    var axes: Set<Int> = []
    for code in 1..<13 {
      let row = found.rows[code * Self.width..<(code + 1) * Self.width]
      let axis = row.indices.max { row[$0] < row[$1] } ?? 0
      axes.insert(axis - row.startIndex)
      // The mean of lengths 1 and 2.
      #expect(abs(row[axis] - 1.5) < 0.02)
    }
    #expect(axes == Set(0..<12))
  }

  @Test func threadsChangeNoBit() throws {
    #expect(try fit(1).rows == fit(3).rows)
    #expect(try fit(2).rows != fit(2, seed: 1).rows)
  }

  @Test func fewerRowsThanCodesAreRefused() {
    #expect(throws: FittingFailure.self) {
      try SphericalMeans().fit(
        FloatBuffer(count: 5 * Self.width), width: Self.width, size: 13, first: Self.first,
        pool: ThreadPool(threads: 1))
    }
  }
}
