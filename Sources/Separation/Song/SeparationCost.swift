public import Neural

/// What taking a song apart takes, from the sizes of the network.
public struct SeparationCost: Sendable {
  private let shape: HTDemucsShape
  /// Bytes of the weights, which stay while the network is open.
  public let weights: Int
  /// Bytes beside them while a segment goes through. The length of a song does not matter.
  public let work: Int

  public init(_ shape: HTDemucsShape) {
    self.shape = shape
    let size = MemoryLayout<Float>.size
    weights = size * shape.tensors.reduce(0) { $0 + $1.shape.reduce(1, *) }
    // Both branches of each encoder layer wait for the decoder.
    var waiting = 0
    var widest = 0
    for layer in 1...shape.depth {
      let width = shape.widths[layer - 1]
      let frequency = shape.rows(after: layer) * shape.frames * width
      let time = shape.samples(after: layer) * width
      waiting += frequency + time
      // A decoder layer: its input, a state as large, what comes out, and in the time branch the scratch
      // of a residual branch.
      let out = layer == 1 ? 4 : shape.widths[layer - 2]
      let grown = 4 * shape.rows(after: layer) * shape.frames * out
      let scratch = shape.samples(after: layer) * (shape.hidden[layer - 1] + 2 * width)
      widest = max(widest, 2 * frequency + 2 * time + grown + scratch)
    }
    let tokens = shape.rows(after: shape.depth) * shape.frames + shape.samples(after: shape.depth)
    let transformer = tokens * (7 * shape.bottom + max(3 * shape.bottom, shape.inner))
    // The song's window, its normalised copy, the sums of the stems, the samples in and out.
    let samples = 16 * shape.segment + 2 * shape.frames * shape.fft
    work = size * (waiting + max(widest, transformer) + samples)
  }

  /// Segments that frames `range` of a song take, wherever they begin.
  public func segments(frames: Int) -> Int {
    SegmentPlan(size: shape.segment, length: max(1, frames), shift: SegmentPlan.longestShift / 2)
      .count + 1
  }

  /// Seconds that a song of `length` frames at 44.1 kHz takes: the operations over the rate of a short product, and a
  /// tenth for what lies between.
  public func seconds(frames length: Int, pool: ThreadPool) -> Double {
    let shape = shape
    var products = 0.0
    for layer in 1...shape.depth {
      let (width, hidden) = (Double(shape.widths[layer - 1]), Double(shape.hidden[layer - 1]))
      let outer = layer == 1 ? 4 : Double(shape.widths[layer - 2])
      let places =
        Double(shape.rows(after: layer) * shape.frames) + Double(shape.samples(after: layer))
      let kernel = Double(HTDemucsShape.kernel)
      let residual = Double(shape.branches) * (3 * width * hidden + 2 * hidden * width)
      products += places * (kernel * outer * width + residual + 2 * width * width)
      products += places * (kernel * outer * width + residual)
      // The decoder's convolution sees nine neighbours in the spectrogram, three in the samples.
      products += Double(shape.rows(after: layer) * shape.frames) * 18 * width * width
      products += Double(shape.samples(after: layer)) * 6 * width * width
    }
    let width = Double(shape.bottom)
    let (depth, frames) = (shape.depth, shape.frames)
    for tokens in [shape.rows(after: depth) * frames, shape.samples(after: depth)] {
      let count = Double(tokens)
      products +=
        Double(shape.layers) * count
        * (4 * width * width + 2 * width * Double(shape.inner) + 2 * count * width)
    }
    return 1.1 * 2 * products * Double(segments(frames: length)) / ProductRate.f32(pool)
  }
}
