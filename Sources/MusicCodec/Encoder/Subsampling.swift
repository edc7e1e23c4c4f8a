import CKernels
import Diagnostics
import Neural
import Weights

/// Mel frames to encoder frames, four to one: two residual blocks of 3x3 convolutions that halve time and
/// frequency, and a linear layer (`conv.*`).
///
/// block(x) = relu(conv2(relu(conv1 x)) + conv3 x), batch norms folded. Images are [time, frequency,
/// channels]; rows of frequencies have a zero in front, which is also the one behind the row before, so
/// that a convolution is one matrix product over memory as it lies. Output frames are made in tiles: one
/// depends on the mel frames 4 o - 9 to 4 o + 9 only.
struct Subsampling: Sendable {
  /// Output frames that feel the chunk's beginning, and its end, rather than silence or a neighbour.
  static let headFrames = 4
  static let tailFrames = 3
  /// Frequencies after each block.
  static let bands = [128, 64, 32]
  /// Output frames of a tile: some 40 MB for each image of the official width.
  static let tile = 100

  let channels: Int
  let outputs: Int
  private let blocks: [[FoldedConvolution]]
  /// [outputs, 32, channels]: the checkpoint's columns, frequency before channel.
  private let linear: FloatBuffer
  private let linearBias: FloatTensor

  /// - Parameter prefix: `PREFIX.conv.{0,1}.…` and `PREFIX.linear.…`.
  init(_ source: any TensorSource, _ prefix: String) throws(WeightsFailure) {
    guard let first = source.shape(of: prefix + ".conv.0.conv1.weight"), first.count == 4,
      let last = source.shape(of: prefix + ".linear.weight"), last.count == 2,
      (1...1 << 14).contains(first[0]), (1...1 << 16).contains(last[0])
    else {
      throw WeightsFailure(.data, "\(printable(source.title)): lacks the encoder's '\(prefix).…'")
    }
    channels = first[0]
    outputs = last[0]
    var blocks: [[FoldedConvolution]] = []
    for block in 0..<2 {
      var convolutions: [FoldedConvolution] = []
      for number in 1...3 {
        convolutions.append(
          try FoldedConvolution(
            source, "\(prefix).conv.\(block)", number,
            inputs: block == 0 && number != 2 ? 1 : channels, outputs: channels))
      }
      blocks.append(convolutions)
    }
    self.blocks = blocks
    let bands = Self.bands[2]
    let stored = try source.tensor(prefix + ".linear.weight", shape: [outputs, channels * bands])
    linear = FloatBuffer(count: stored.count)
    for output in 0..<outputs {
      let row = output * channels * bands
      for channel in 0..<channels {
        for band in 0..<bands {
          linear.base[row + band * channels + channel] =
            stored.base[row + channel * bands + band]
        }
      }
    }
    stored.giveBack()
    linearBias = try source.tensor(prefix + ".linear.bias", shape: [outputs])
  }

  /// Frames after one halving: the odd one counts.
  static func halved(_ frames: Int) -> Int { (frames + 1) / 2 }

  /// The mel frames that output frames depend on, of `total`.
  static func melFrames(for range: Range<Int>, total: Int) -> Range<Int> {
    let first = min(total, max(0, 4 * range.lowerBound - 9))
    return first..<max(first, min(total, 4 * range.upperBound + 6))
  }

  /// Output frames `range`.
  ///
  /// - Parameters:
  ///   - mel: the frames `melRange` of `total`; it holds ``melFrames(for:total:)``.
  ///   - out: [range.count, outputs].
  func run(
    mel: FloatBuffer, melRange: Range<Int>, total: Int, frames range: Range<Int>,
    to out: UnsafeMutablePointer<Float>, pool: ThreadPool
  ) {
    let tiles = max(1, (range.count + Self.tile - 1) / Self.tile)
    let size = max(1, (range.count + tiles - 1) / tiles)
    for first in stride(from: range.lowerBound, to: range.upperBound, by: size) {
      let part = first..<min(range.upperBound, first + size)
      let image = MelImage(buffer: mel, range: melRange, total: total)
      let halves = firstBlock(image, frames: part, pool: pool)
      let quarters = secondBlock(halves, total: Self.halved(total), frames: part, pool: pool)
      let target = out + (first - range.lowerBound) * outputs
      for row in 0..<part.count {
        (target + row * outputs).update(from: linearBias.base, count: outputs)
      }
      let bands = Self.bands[2]
      pool.gemm(
        transposeA: false, transposeB: true, m: part.count, n: outputs, k: bands * channels,
        a: quarters.base + channels, lda: (bands + 1) * channels, b: linear.base,
        ldb: bands * channels, beta: 1, c: target, ldc: outputs)
    }
  }

  private struct MelImage {
    let buffer: FloatBuffer
    let range: Range<Int>
    let total: Int
  }

  /// The first block's output, its odd and even frames apart, so that the second block's stride of two
  /// is a stride of one in each. Rows hold two frequencies more than are used of them.
  private struct Planes {
    /// Frames 2 first - 3, 2 first - 1, …
    let odd: FloatBuffer
    /// Frames 2 first - 2, 2 first, …
    let even: FloatBuffer
  }

  private func firstBlock(_ mel: MelImage, frames part: Range<Int>, pool: ThreadPool) -> Planes {
    let bands = Self.bands[1]
    let pitch = bands + 1
    let total = Self.halved(mel.total)
    // The second block looks one frame to either side after its stride, this one once more.
    let first = 2 * part.lowerBound - 3
    let count = 2 * part.count + 5
    let windows = windows(mel, first: first - 1, count: count + 2, pool)
    let middle = FloatBuffer(count: ((count + 2) * pitch + 1) * channels)
    pool.gemm(
      rows: WindowRows(windows.base, step: 9, segment: 9), m: (count + 2) * pitch, n: channels,
      b: blocks[0][0].weight.base, beta: 0, c: middle.base, ldc: channels)
    activate(
      middle, bias: blocks[0][0].bias, bands: bands, first: first - 1, count: count + 2,
      total: total, pool)
    let sum = FloatBuffer(count: (count * pitch + 1) * channels)
    pool.gemm(
      rows: WindowRows(windows.base + pitch * 9, step: 9, segment: 9), m: count * pitch,
      n: channels, b: blocks[0][2].weight.base, beta: 0, c: sum.base, ldc: channels)
    addSecond(blocks[0][1], middle, bands: bands, count: count, to: sum, pool)
    let bias = joined(blocks[0])
    let (wide, channels) = ((pitch + 1) * channels, channels)
    let planes = Planes(
      odd: FloatBuffer(count: (part.count + 3) * wide),
      even: FloatBuffer(count: (part.count + 2) * wide))
    pool.run(count) { row in
      guard (0..<total).contains(first + row) else { return }
      let target = (row % 2 == 0 ? planes.odd : planes.even).base + row / 2 * wide
      for band in 1...bands {
        let place = band * channels
        sgk_relu_bias(
          sum.base + row * pitch * channels + place, bias.base, target + place, channels)
      }
    }
    return planes
  }

  /// - Returns: [part.count, 33, channels], frequency 0 to be left out.
  private func secondBlock(
    _ input: Planes, total halves: Int, frames part: Range<Int>, pool: ThreadPool
  ) -> FloatBuffer {
    let bands = Self.bands[2]
    let pitch = bands + 1
    let total = Self.halved(halves)
    let count = part.count
    let middle = FloatBuffer(count: ((count + 2) * pitch + 1) * channels)
    halve(blocks[1][0], input, skip: 0, count: count + 2, to: middle, pool)
    activate(
      middle, bias: blocks[1][0].bias, bands: bands, first: part.lowerBound - 1, count: count + 2,
      total: total, pool)
    let sum = FloatBuffer(count: (count * pitch + 1) * channels)
    halve(blocks[1][2], input, skip: 1, count: count, to: sum, pool)
    addSecond(blocks[1][1], middle, bands: bands, count: count, to: sum, pool)
    activate(
      sum, bias: joined(blocks[1]), bands: bands, first: part.lowerBound, count: count,
      total: total, pool)
    return sum
  }

  /// The 3x3 windows of mel frames at stride 2, [count, 65, 9]; the first of each 65 is not used.
  private func windows(
    _ mel: MelImage, first: Int, count: Int, _ pool: ThreadPool
  ) -> FloatBuffer {
    let pitch = Self.bands[1] + 1
    let bands = Self.bands[0]
    let result = FloatBuffer(count: count * pitch * 9)
    pool.run(count) { row in
      for time in 0..<3 {
        let frame = 2 * (first + row) + time - 1
        guard (0..<mel.total).contains(frame), mel.range.contains(frame) else { continue }
        let source = mel.buffer.base + (frame - mel.range.lowerBound) * bands
        for band in 0..<pitch - 1 {
          let target = result.base + ((row * pitch + band + 1) * 3 + time) * 3
          for offset in 0..<3 where (0..<bands).contains(2 * band + offset - 1) {
            target[offset] = source[2 * band + offset - 1]
          }
        }
      }
    }
    return result
  }

  /// out = a convolution of stride 2 in both directions, from the output frame `skip` on.
  private func halve(
    _ convolution: FoldedConvolution, _ input: Planes, skip: Int, count: Int,
    to out: FloatBuffer, _ pool: ThreadPool
  ) {
    let pitch = Self.bands[2] + 1
    let wide = 2 * pitch * channels
    let rows = count * pitch - 1
    // The odd frames before and after, then the even one between them.
    for (time, plane) in [(0, input.odd.base), (2, input.odd.base + wide), (1, input.even.base)] {
      pool.gemm(
        rows: WindowRows(plane + skip * wide, step: 2 * channels, segment: 3 * channels),
        m: rows, n: channels, b: convolution.weights(time: time), beta: time == 0 ? 0 : 1,
        c: out.base + channels, ldc: channels)
    }
  }

  /// sum += the convolution of stride 1 that ends a block.
  private func addSecond(
    _ convolution: FoldedConvolution, _ middle: FloatBuffer, bands: Int, count: Int,
    to sum: FloatBuffer, _ pool: ThreadPool
  ) {
    let pitch = bands + 1
    pool.gemm(
      rows: WindowRows(
        middle.base, step: channels, segment: 3 * channels, stride: pitch * channels, segments: 3),
      m: count * pitch - 1, n: channels, b: convolution.weight.base, beta: 1,
      c: sum.base + channels, ldc: channels)
  }

  /// image = relu(image + bias), 0 beyond the ends of time and in front of each row.
  private func activate(
    _ image: FloatBuffer, bias: FloatBuffer, bands: Int, first: Int, count: Int, total: Int,
    _ pool: ThreadPool
  ) {
    let channels = channels
    let pitch = (bands + 1) * channels
    pool.run(count) { row in
      let line = image.base + row * pitch
      guard (0..<total).contains(first + row) else {
        line.update(repeating: 0, count: pitch)
        return
      }
      line.update(repeating: 0, count: channels)
      for band in 1...bands {
        sgk_relu_bias(line + band * channels, bias.base, line + band * channels, channels)
      }
    }
  }

  /// The bias of the two convolutions that a block adds.
  private func joined(_ block: [FoldedConvolution]) -> FloatBuffer {
    FloatBuffer(zip(block[1].bias, block[2].bias).map { $0 + $1 })
  }
}
