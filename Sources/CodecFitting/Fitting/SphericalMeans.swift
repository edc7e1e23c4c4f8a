package import Neural

/// Spherical k-means: rows are gathered by the angle between them ("Concept decompositions for large
/// sparse text data using clustering", Dhillon and Modha 2001), from starting points that are drawn far
/// from each other ("k-means++", Arthur and Vassilvitskii 2007).
///
/// A row of the result is the mean of its members as they are, so that it also stands for their size. The
/// first row is given and stays: it is the code of silence.
package struct SphericalMeans {
  /// Rounds of gathering.
  package var rounds = 10
  /// Rows that starting points are drawn from, at most.
  var drawn = 60_000
  package var seed: UInt64 = 0

  package init() {}

  private static let block = 1024

  /// - Parameters:
  ///   - rows: [count, width]; none of them zero.
  ///   - first: the first row of the result.
  /// - Returns: [size, width], and the number of members of each.
  package func fit(
    _ rows: FloatBuffer, width: Int, size: Int, first: [Float], pool: ThreadPool
  ) throws(FittingFailure) -> (rows: FloatBuffer, members: [Int]) {
    let count = rows.count / max(1, width)
    guard size > 1, first.count == width, count >= size else {
      throw FittingFailure("\(count) frames are too few for \(size) codes: take more songs")
    }
    let unit = FloatBuffer(count: rows.count)
    withExtendedLifetime((rows, unit)) {
      unit.base.update(from: rows.base, count: rows.count)
      for row in 0..<count { FrameBook.normalise(unit.base + row * width, width) }
    }
    var book = start(unit, count: count, width: width, size: size, first: first, pool: pool)
    var nearest = [Int32](repeating: 0, count: count)
    var likeness = [Float](repeating: 0, count: count)
    for round in 0..<rounds {
      assign(unit, book, width: width, nearest: &nearest, likeness: &likeness, pool: pool)
      let isLast = round == rounds - 1
      if !isLast { fill(&nearest, likeness, size: size) }
      book = means(
        isLast ? rows : unit, of: nearest, width: width, size: size, first: first, old: book,
        pool: pool)
    }
    var members = [Int](repeating: 0, count: size)
    for code in nearest { members[Int(code)] += 1 }
    return (book, members)
  }

  /// The first row, then rows drawn with a chance in proportion to 1 - the largest cosine to those that
  /// were drawn.
  private func start(
    _ unit: FloatBuffer, count: Int, width: Int, size: Int, first: [Float], pool: ThreadPool
  ) -> FloatBuffer {
    let numbers = Philox(seed: seed, stream: 0)
    let step = max(1, count / drawn)
    let candidates = (count + step - 1) / step
    let blocks = (candidates + Self.block - 1) / Self.block
    var distance = [Float](repeating: .infinity, count: candidates)
    var sums = [Double](repeating: 0, count: blocks)
    let book = FloatBuffer(first + [Float](repeating: 0, count: (size - 1) * width))
    withExtendedLifetime((unit, book)) {
      FrameBook.normalise(book.base, width)
      nonisolated(unsafe) let (unit, book) = (unit.base, book.base)
      for row in 1..<size {
        nonisolated(unsafe) let last = UnsafePointer(book + (row - 1) * width)
        distance.withUnsafeMutableBufferPointer { distance in
          sums.withUnsafeMutableBufferPointer { sums in
            nonisolated(unsafe) let (distance, sums) = (distance, sums)
            pool.run(blocks) { task in
              var sum = 0.0
              for index in task * Self.block..<min(candidates, (task + 1) * Self.block) {
                let x = unit + index * step * width
                let value = max(0, 1 - Self.product(x, last, width))
                if value < distance[index] { distance[index] = value }
                sum += Double(distance[index])
              }
              sums[task] = sum
            }
          }
        }
        let place = Self.pick(
          numbers.uniform(at: UInt64(row)) * sums.reduce(0, +), sums, distance)
        (book + row * width).update(from: unit + place * step * width, count: width)
      }
    }
    return book
  }

  private static func pick(_ target: Double, _ sums: [Double], _ distance: [Float]) -> Int {
    var rest = target
    for (task, sum) in sums.enumerated() {
      if rest >= sum, task < sums.count - 1 {
        rest -= sum
        continue
      }
      for index in task * block..<min(distance.count, (task + 1) * block) {
        rest -= Double(distance[index])
        if rest < 0 { return index }
      }
    }
    return distance.count - 1
  }

  private static func product(
    _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, _ width: Int
  ) -> Float {
    let (a, b) = (UnsafeRawPointer(x), UnsafeRawPointer(y))
    var sum = SIMD16<Float>.zero
    let whole = width / 16 * 16
    for index in stride(from: 0, to: whole, by: 16) {
      // Not fused: without a target of its own that would be a call of the C library.
      sum +=
        a.loadUnaligned(fromByteOffset: index * 4, as: SIMD16<Float>.self)
        * b.loadUnaligned(fromByteOffset: index * 4, as: SIMD16<Float>.self)
    }
    var rest = sum.sum()
    for index in whole..<width { rest += x[index] * y[index] }
    return rest
  }

  private func assign(
    _ unit: FloatBuffer, _ book: FloatBuffer, width: Int, nearest: inout [Int32],
    likeness: inout [Float], pool: ThreadPool
  ) {
    let count = nearest.count
    let size = book.count / width
    let directions = FloatBuffer(count: book.count)
    withExtendedLifetime((unit, book, directions)) {
      directions.base.update(from: book.base, count: book.count)
      for row in 0..<size { FrameBook.normalise(directions.base + row * width, width) }
      nonisolated(unsafe) let (source, target) = (unit.base, directions.base)
      nearest.withUnsafeMutableBufferPointer { nearest in
        likeness.withUnsafeMutableBufferPointer { likeness in
          nonisolated(unsafe) let (nearest, likeness) = (nearest, likeness)
          pool.run((count + Self.block - 1) / Self.block) { task in
            let first = task * Self.block
            NearestRow.find(
              source + first * width, count: min(Self.block, count - first), directions: target,
              size: size, width: width
            ) { row, code, value in
              nearest[first + row] = Int32(truncatingIfNeeded: code)
              likeness[first + row] = value
            }
          }
        }
      }
    }
  }

  /// Gives each code without members, but for silence, one of the rows that are least like their code.
  private func fill(_ nearest: inout [Int32], _ likeness: [Float], size: Int) {
    var members = [Int](repeating: 0, count: size)
    for code in nearest { members[Int(code)] += 1 }
    let empty = (1..<size).filter { members[$0] == 0 }
    guard !empty.isEmpty else { return }
    let worst = likeness.indices.sorted { (likeness[$0], $0) < (likeness[$1], $1) }
    for (code, row) in zip(empty, worst) { nearest[row] = Int32(truncatingIfNeeded: code) }
  }

  /// Means of the members in f64, in their order.
  private func means(
    _ rows: FloatBuffer, of nearest: [Int32], width: Int, size: Int, first: [Float],
    old: FloatBuffer, pool: ThreadPool
  ) -> FloatBuffer {
    var starts = [Int](repeating: 0, count: size + 1)
    for code in nearest { starts[Int(code) + 1] += 1 }
    for code in 0..<size { starts[code + 1] += starts[code] }
    var next = starts
    var order = [Int](repeating: 0, count: nearest.count)
    for (row, code) in nearest.enumerated() {
      order[next[Int(code)]] = row
      next[Int(code)] += 1
    }
    let book = FloatBuffer(first + [Float](repeating: 0, count: (size - 1) * width))
    withExtendedLifetime((rows, old, book)) {
      nonisolated(unsafe) let (source, old, target) = (rows.base, old.base, book.base)
      let (starts, order) = (starts, order)
      pool.run(size - 1) { task in
        let code = task + 1
        let row = target + code * width
        guard starts[code] < starts[code + 1] else {
          row.update(from: old + code * width, count: width)
          return
        }
        var sum = [Double](repeating: 0, count: width)
        for member in starts[code]..<starts[code + 1] {
          let x = source + order[member] * width
          for index in 0..<width { sum[index] += Double(x[index]) }
        }
        for index in 0..<width {
          row[index] = Float(sum[index] / Double(starts[code + 1] - starts[code]))
        }
      }
    }
    return book
  }
}
