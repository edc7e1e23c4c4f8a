import Diagnostics
public import Neural

/// Takes a song apart, segment by segment, in memory that does not depend on its length.
///
///     let separator = try SongSeparator(model, song, options: .init(shift: .seed(7)), pool: pool)
///     while let block = try separator.next() {
///       write(block.stems[0])  // The vocal, interleaved stereo
///     }
///
/// A song whose middle is constant, silence above all, has no level that could be taken away (the
/// reference then computes with NaN): all its stems are silent, and ``isSilent`` says so.
///
/// Reference: `BagOfModels.separate` and `apply_model` with one shift.
public final class SongSeparator<Source: SampleSource> {
  /// What is wanted.
  public struct Options: Sendable, Hashable {
    /// Names of stems, as ``HTDemucsShape/stems`` has them.
    public var stems: [String]
    /// Where the segments begin.
    public var shift: Shift
    /// The frames that are wanted; `nil` for the whole song. They are the same as in the whole song, bit by
    /// bit, and only the segments that they need are computed; the level is that of the whole song still.
    public var range: Range<Int>?

    public init(
      stems: [String] = ["vocal"], shift: Shift = .none, range: Range<Int>? = nil
    ) {
      self.stems = stems
      self.shift = shift
      self.range = range
    }
  }

  /// Some frames of the song, one block after the other without gaps.
  public struct Block: Sendable {
    /// The first frame.
    public let start: Int
    /// The song itself, interleaved stereo.
    public let mixture: [Float]
    /// One for each stem that was asked for, interleaved stereo.
    public let stems: [[Float]]

    /// Sample frames.
    public var frames: Int { mixture.count / 2 }

    /// The song without stem `index`; without the vocal, the accompaniment.
    public func mixture(without index: Int) -> [Float] {
      zip(mixture, stems[index]).map { $0 - $1 }
    }
  }

  /// Length and level of the whole song.
  public let level: SongLevel
  /// The cut.
  public let plan: SegmentPlan
  /// The segments that are computed.
  public let segments: Range<Int>
  /// Whether there is nothing to take apart.
  public var isSilent: Bool { level.deviation == 0 }

  private let model: HTDemucs
  private let source: Source
  private let stems: [Int]
  private let range: Range<Int>
  private let pool: ThreadPool
  private var window: SlidingWindow<Source>
  private var joiner: SegmentJoiner
  private var index: Int

  /// Reads the song a first time, for its level.
  ///
  /// - Throws: `usage` for a stem that the model does not have, a shift beyond half a second or a range
  ///   beyond the song; `data` for a song without samples or with one that is not a number; what the
  ///   source throws.
  public convenience init(
    _ model: HTDemucs, _ source: Source, options: Options = Options(), pool: ThreadPool
  ) throws(SeparationFailure) {
    try self.init(model, source, options: options, level: nil, pool: pool)
  }

  /// As above, for a level that is known already.
  package init(
    _ model: HTDemucs, _ source: Source, options: Options, level: SongLevel?, pool: ThreadPool
  ) throws(SeparationFailure) {
    var stems: [Int] = []
    for name in options.stems {
      guard let stem = model.shape.stems.firstIndex(of: name) else {
        throw SeparationFailure(
          .usage,
          "there is no stem '\(printable(name))'; this model has "
            + model.shape.stems.map { printable($0) }.joined(separator: ", "))
      }
      stems.append(stem)
    }
    let shift = options.shift.frames
    if let shift, !(0...SegmentPlan.longestShift).contains(shift) {
      throw SeparationFailure(
        .usage, "a shift is 0 to \(SegmentPlan.longestShift) samples, not \(shift)")
    }
    let level = if let level { level } else { try SongLevel(source) }
    let range = options.range ?? 0..<level.frames
    guard range.lowerBound >= 0, range.upperBound <= level.frames else {
      throw SeparationFailure(
        .usage, "samples \(range) are wanted of a song that has \(level.frames)")
    }
    let plan = SegmentPlan(size: model.shape.segment, length: level.frames, shift: shift)
    self.model = model
    self.source = source
    self.level = level
    self.plan = plan
    self.stems = stems
    self.range = range
    self.pool = pool
    segments = plan.segments(touching: range)
    index = segments.lowerBound
    window = SlidingWindow(source, size: plan.size, length: level.frames)
    joiner = SegmentJoiner(
      stems: stems.count, weights: plan.weights(),
      start: plan.segment(segments.lowerBound).frames.lowerBound)
  }

  /// Segments done, of ``segments``.
  public var done: Int { index - segments.lowerBound }

  /// The next block, or `nil` after the last.
  ///
  /// - Throws: `inputOutput` when the song has become shorter, or what the source throws.
  public func next() throws(SeparationFailure) -> Block? {
    while segments.contains(index) {
      let segment = plan.segment(index)
      try window.move(to: segment.window)
      if !isSilent {
        let input = window.normalised(mean: level.mean, deviation: level.deviation)
        joiner.add(segment, model.separate(input, stems: stems, pool))
      }
      index += 1
      let end = index < plan.count ? plan.segment(index).frames.lowerBound : plan.length
      let frames = (segment.frames.lowerBound..<end).clamped(to: range)
      let parts =
        isSilent
        ? stems.map { _ in [Float](repeating: 0, count: 2 * frames.count) }
        : joiner.take(before: end, wanted: frames, gain: level.deviation, offset: level.mean)
      if !frames.isEmpty {
        return Block(start: frames.lowerBound, mixture: window.samples(frames), stems: parts)
      }
    }
    return nil
  }
}
