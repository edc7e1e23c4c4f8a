import CKernels
import Neural
import Testing

/// Packed matrices: what comes out again, and products against their portable twin and against f32.
struct PackedMatrixTests {
  private let pool = ThreadPool(threads: 2)

  private func random(_ count: Int, seed: UInt64) -> FloatBuffer {
    let buffer = FloatBuffer(count: count)
    Philox(seed: seed, stream: 0).fillNormals(buffer.elements, at: 0)
    return buffer
  }

  private func unpacked(_ matrix: WeightMatrix) -> [Float] {
    let buffer = FloatBuffer(count: matrix.rows * matrix.columns)
    for row in 0..<matrix.rows { matrix.copyRow(row, to: buffer.base + row * matrix.columns) }
    return Array(buffer)
  }

  @Test(arguments: PackedFormat.allCases, [(1, 1), (16, 32), (37, 100), (48, 144)])
  func packingLosesAsLittleAsItsStepSays(format: PackedFormat, size: (rows: Int, columns: Int)) {
    let source = random(size.rows * size.columns, seed: 1)
    let packed = PackedMatrix(
      WeightMatrix(rows: size.rows, columns: size.columns, source), as: format, pool: pool)
    let result = unpacked(WeightMatrix(packed))
    var (error, power) = (0.0, 0.0)
    for (a, b) in zip(result, source) {
      error += Double((a - b) * (a - b))
      power += Double(b * b)
    }
    #expect((error / power).squareRoot() < (format == .q8 ? 0.008 : 0.1))
  }

  @Test(arguments: PackedFormat.allCases)
  func givenIntegersComeBackAsTheyWere(format: PackedFormat) {
    let layout = PackedLayout(format, rows: 21, columns: 96)
    var values = [UInt8](repeating: 0, count: layout.valueBytes)
    var scales = [UInt16](repeating: 0, count: layout.scaleCount)
    let top = format == .q8 ? 127 : 7
    let bottom = format == .q8 ? -127 : -8
    func integer(_ row: Int, _ column: Int) -> Int {
      bottom + (row * 31 + column * 7) % (top - bottom + 1)
    }
    // Scales are powers of two, exact in every format.
    func scale(_ row: Int, _ group: Int) -> Float { group % 2 == 0 ? 0.25 : Float(row + 1) }
    values.withUnsafeMutableBytes { values in
      scales.withUnsafeMutableBufferPointer { scales in
        guard let values = values.baseAddress, let scales = scales.baseAddress else { return }
        for row in 0..<21 {
          for group in 0..<3 {
            let integers = (0..<32).map { Int8(integer(row, group * 32 + $0)) }
            layout.put(
              row: row % 16, group: group, integers: integers,
              scale: sgk_half(scale(row, group)),
              values: values + row / 16 * layout.panelBytes,
              scales: scales + row / 16 * layout.panelScales)
          }
        }
        let matrix = WeightMatrix(
          PackedMatrix(layout, values: UnsafeRawPointer(values), scales: scales, owner: pool))
        let result = unpacked(matrix)
        for row in 0..<21 {
          for column in 0..<96 {
            #expect(
              result[row * 96 + column] == Float(integer(row, column)) * scale(row, column / 32))
          }
        }
      }
    }
  }

  @Test(arguments: [1, 2, 3, 12, 15, 29], [(16, 32), (37, 100), (96, 1056)])
  func productsHaveTheBitsOfTheirTwin(count: Int, size: (rows: Int, columns: Int)) {
    let x = random(count * size.columns, seed: 2)
    let source = WeightMatrix(
      rows: size.rows, columns: size.columns, random(size.rows * size.columns, seed: 3))
    let quantised = QuantisedRows()
    quantised.set(x.base, stride: size.columns, count: count, columns: size.columns, pool: pool)
    for format in PackedFormat.allCases {
      let packed = PackedMatrix(source, as: format, pool: pool)
      let ours = FloatBuffer(count: count * size.rows)
      packed.multiply(quantised, into: ours.base, stride: size.rows, pool: pool)
      let twin = FloatBuffer(count: count * size.rows)
      let layout = packed.layout
      var values = [Int8](repeating: 0, count: count * layout.groups * 32)
      var scales = [Float](repeating: 0, count: count * layout.groups)
      var biases = [Int32](repeating: 0, count: count * layout.groups)
      sgk_quantise_portable(
        x.base, size.columns, count, size.columns, &values, &scales, &biases)
      sgk_packed_product_portable(
        format.rawValue, packed.values, packed.scales, layout.panels, layout.rows, layout.groups,
        values, scales, biases, count, twin.base, layout.rows)
      #expect(ours.map(\.bitPattern) == twin.map(\.bitPattern), "\(format)")

      // And near the product of the unpacked matrix with f32 activations.
      let exact = FloatBuffer(count: count * size.rows)
      WeightMatrix(packed).multiply(x.base, count: count, into: exact.base, exact: true, pool: pool)
      var (error, power) = (0.0, 0.0)
      for (a, b) in zip(ours, exact) {
        error += Double((a - b) * (a - b))
        power += Double(b * b)
      }
      #expect((error / power).squareRoot() < 0.01)
    }
  }

  @Test func strangeActivationsAreTheSameInEveryVariant() {
    var x = [Float](repeating: 0, count: 96)
    x[1] = .nan
    x[33] = .infinity
    x[34] = -1
    x[64] = 1e-38
    x[65] = -3
    var values = ([Int8](repeating: 1, count: 96), [Int8](repeating: 2, count: 96))
    var scales = ([Float](repeating: 1, count: 3), [Float](repeating: 2, count: 3))
    var biases = ([Int32](repeating: 1, count: 3), [Int32](repeating: 2, count: 3))
    sgk_quantise(x, 96, 1, 96, &values.0, &scales.0, &biases.0)
    sgk_quantise_portable(x, 96, 1, 96, &values.1, &scales.1, &biases.1)
    #expect(values.0 == values.1)
    #expect(scales.0 == scales.1)
    #expect(biases.0 == biases.1)
  }

  @Test(arguments: [16, 5]) func panelsArePackedToTheSameBytesInEveryVariant(count: Int) {
    let columns = 71
    let source = random(count * columns, seed: 9)
    for (index, strange) in [Float.infinity, .nan, 0, 1e-30].enumerated() {
      source[index * columns + 3] = strange
    }
    for format in PackedFormat.allCases {
      let bytes = 3 * (format == .q8 ? 512 : 256)
      var values = ([UInt8](repeating: 1, count: bytes), [UInt8](repeating: 2, count: bytes))
      var scales = ([UInt16](repeating: 1, count: 48), [UInt16](repeating: 2, count: 48))
      sgk_pack_panel(format.rawValue, source.base, columns, count, columns, &values.0, &scales.0)
      sgk_pack_panel_portable(
        format.rawValue, source.base, columns, count, columns, &values.1, &scales.1)
      #expect(values.0 == values.1 && scales.0 == scales.1, "\(format)")
    }
    withExtendedLifetime(source) {}
  }
}

/// Attention over int8 blocks, against its twin and against f32 attention.
struct CacheKernelTests {
  private func random(_ count: Int, seed: UInt64) -> [Float] {
    var values = [Float](repeating: 0, count: count)
    values.withUnsafeMutableBufferPointer { Philox(seed: seed, stream: 0).fillNormals($0, at: 0) }
    return values
  }

  @Test(arguments: [16, 24, 64, 128, 144], [1, 3, 16, 50, 256, 700])
  func attentionOverBlocks(width: Int, positions: Int) {
    let (keys, values) = (
      random(positions * width, seed: 1), random(positions * width, seed: 2)
    )
    let query = random(width, seed: 3)
    let bytes = sgk_block_bytes(width)
    let count = (positions + 255) / 256
    let offset = 64
    // What was there before must not matter.
    let memory = FloatBuffer(count: count * (bytes + offset) / 4)
    for i in 0..<memory.count { memory[i] = Float(i % 91) - 40 }
    let base = UnsafeMutableRawPointer(memory.base)
    let (kept, keptValue) = (FloatBuffer(count: keys.count), FloatBuffer(count: keys.count))
    for p in 0..<positions {
      let block = base + p / 256 * (bytes + offset) + offset
      keys.withUnsafeBufferPointer { keys in
        values.withUnsafeBufferPointer { values in
          guard let key = keys.baseAddress, let value = values.baseAddress else { return }
          sgk_block_store(block, p % 256, key + p * width, value + p * width, width)
        }
      }
      sgk_block_load(block, p % 256, kept.base + p * width, keptValue.base + p * width, width)
    }
    for (a, b) in zip(kept, keys) { #expect(abs(a - b) < 0.025) }
    let blocks = (0..<count).map {
      Optional(
        UnsafePointer((base + $0 * (bytes + offset)).assumingMemoryBound(to: UInt8.self)))
    }
    let scratch = FloatBuffer(count: sgk_attend_scratch(positions))
    let scale = 1 / Float(width).squareRoot()
    var ours = [Float](repeating: 0, count: width)
    var twin = ours
    var exact = ours
    sgk_attend_blocks(query, blocks, offset, positions, width, scale, scratch.base, &ours)
    sgk_attend_blocks_portable(query, blocks, offset, positions, width, scale, scratch.base, &twin)
    var scores = [Float](repeating: 0, count: positions)
    sgk_attend(query, kept.base, keptValue.base, positions, width, scale, &scores, &exact)
    for d in 0..<width {
      #expect(abs(ours[d] - twin[d]) < 1e-4)
      #expect(abs(ours[d] - exact[d]) < 2e-3)
    }
    withExtendedLifetime((memory, kept, keptValue)) {}
  }
}
