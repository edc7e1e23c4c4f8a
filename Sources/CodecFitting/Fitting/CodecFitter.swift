public import Neural

/// Fits a codec to songs, in closed form but for the gathering of frames to codes.
///
/// Songs are made when they are needed and not kept: once for the directions, once for all else.
///
///     let codec = try CodecFitter(songs: 400) { song($0) }.fit(pool: pool)
///
/// The same songs, settings and seed give the same bytes, with any number of threads.
public struct CodecFitter: Sendable {
  /// What can be chosen.
  public struct Settings: Sendable, Hashable {
    /// Numbers of a latent.
    public var latent = 64
    /// How much high frequencies count for the directions: a of the pre-emphasis y[n] = x[n] - a x[n - 1].
    public var emphasis: Float = 0.8
    /// Codes of each row; the first is silence.
    public var codes = 2048
    /// What the vocal is multiplied with for the mixed row.
    public var vocalGain: Float = 6
    /// The last number of each projection, in median lengths of what is projected.
    public var constants = FittedCodec.Constants(mixed: 0.3, vocal: 1, accompaniment: 2)
    /// Rounds of gathering.
    public var rounds = 10
    public var seed: UInt64 = 0

    public init() {}
  }

  public var settings = Settings()
  private let songs: Int
  private let song: @Sendable (Int) -> StemPair

  /// Songs that the directions come from, and the decoder; every so many frames of them.
  private static let directionSongs = 120
  private static let directionStep = 7
  private static let synthesisSongs = 200
  /// Songs that are made at a time.
  private static let batch = 8
  /// A latent below this is silence, and one below that too quiet to measure by.
  private static let silence: Float = 1e-4
  private static let quiet: Float = 0.05

  /// - Parameters:
  ///   - songs: how many there are.
  ///   - song: makes one; called from several threads, twice for some.
  public init(songs: Int, song: @escaping @Sendable (Int) -> StemPair) {
    self.songs = songs
    self.song = song
  }

  /// - Parameter progress: called with what is being done.
  /// - Throws: when the songs are too few, too quiet or hold no voice.
  public func fit(
    pool: ThreadPool, progress: (String) -> Void = { _ in }
  ) throws(FittingFailure) -> FittedCodec {
    progress("directions")
    let (directions, energy) = try directions(pool)
    let analysis = FrameAnalysis(directions: directions, emphasis: settings.emphasis)
    progress("decoder")
    let (synthesis, vocal, accompaniment) = try synthesis(analysis, pool)
    let latent = settings.latent
    let count = vocal.count
    let (sum, forward) = (FloatBuffer(count: count), FloatBuffer(count: count))
    for index in 0..<count {
      sum[index] = vocal[index] + accompaniment[index]
      forward[index] = settings.vocalGain * vocal[index] + accompaniment[index]
    }
    let plain = Self.firstRows(latent: latent)
    progress("codes of the vocal")
    let voice = try book(
      FloatBuffer(vocal), projection: plain, share: settings.constants.vocal, stream: 1, pool)
    progress("codes of the accompaniment")
    let band = try book(
      FloatBuffer(accompaniment), projection: plain, share: settings.constants.accompaniment,
      stream: 2, pool)
    progress("codes of the mix")
    let codes = voiceCodes(vocal, voice.book, pool)
    let metric = try VocalMetric.fit(
      forward, latent: latent, classes: codes, width: latent - 1, pool: pool)
    let mixed = try book(
      forward, projection: metric, share: settings.constants.mixed, stream: 3, pool)
    let (mean, deviation) = Self.moments(sum, latent: latent)
    let frames = FrameCodec(
      analysis: analysis, mixed: mixed.book, vocal: voice.book, accompaniment: band.book,
      vocalGain: settings.vocalGain)
    progress("flow")
    let flow = try FlowFitter(frames, mean: mean, deviation: deviation).fit(
      vocal: FloatBuffer(vocal), accompaniment: FloatBuffer(accompaniment), pool: pool)
    return FittedCodec(
      frames: frames, synthesis: synthesis, mean: mean, deviation: deviation,
      constants: FittedCodec.Constants(
        mixed: mixed.constant, vocal: voice.constant, accompaniment: band.constant),
      energy: energy, flow: flow)
  }

  /// Calls `body` with each of the first `count` songs, in their order.
  private func each(_ count: Int, _ pool: ThreadPool, _ body: (StemPair) -> Void) {
    for first in stride(from: 0, to: min(count, songs), by: Self.batch) {
      let range = first..<min(first + Self.batch, count, songs)
      var made = [StemPair?](repeating: nil, count: range.count)
      made.withUnsafeMutableBufferPointer { made in
        nonisolated(unsafe) let made = made
        pool.run(range.count) { made[$0] = song(range.lowerBound + $0) }
      }
      for pair in made {
        guard var pair else { continue }
        let length =
          FrameGrid.frames(samples: min(pair.vocal.count, pair.accompaniment.count))
          * FrameGrid.hop
        pair.vocal.removeLast(pair.vocal.count - length)
        pair.accompaniment.removeLast(pair.accompaniment.count - length)
        body(pair)
      }
    }
  }

  private func directions(
    _ pool: ThreadPool
  ) throws(FittingFailure) -> (rows: [Float], share: Double) {
    var principal = PrincipalDirections(emphasis: settings.emphasis, pool: pool)
    each(Self.directionSongs, pool) { pair in
      let mix = zip(pair.vocal, pair.accompaniment).map(+)
      principal.add([pair.vocal, pair.accompaniment, mix], step: Self.directionStep)
    }
    return try principal.directions(settings.latent)
  }

  /// The decoder, and the latents of both stems of all songs.
  private func synthesis(
    _ analysis: FrameAnalysis, _ pool: ThreadPool
  ) throws(FittingFailure) -> (kernel: [Float], vocal: [Float], accompaniment: [Float]) {
    var kernel = SynthesisKernel(latent: settings.latent, pool: pool)
    var (vocal, accompaniment): ([Float], [Float]) = ([], [])
    var index = 0
    each(songs, pool) { pair in
      let voice = analysis.latents(pair.vocal)
      let band = analysis.latents(pair.accompaniment)
      withExtendedLifetime((voice, band)) {
        vocal += voice
        accompaniment += band
        if index < Self.synthesisSongs {
          kernel.add(pair.vocal, voice)
          kernel.add(pair.accompaniment, band)
          let sum = FloatBuffer(zip(voice, band).map(+))
          kernel.add(zip(pair.vocal, pair.accompaniment).map(+), sum)
        }
      }
      index += 1
    }
    return (try kernel.solve(), vocal, accompaniment)
  }

  /// All numbers of a latent but the last, [latent - 1, latent].
  private static func firstRows(latent: Int) -> [Float] {
    (0..<(latent - 1) * latent).map { $0 / latent == $0 % latent ? 1 : 0 }
  }

  /// A book of latents, and the number that its projection adds.
  private func book(
    _ latents: FloatBuffer, projection: [Float], share: Float, stream: UInt64, _ pool: ThreadPool
  ) throws(FittingFailure) -> (book: FrameBook, constant: Float) {
    let latent = settings.latent
    let count = latents.count / latent
    let rows = projection.count / latent
    // The last row of the projection is zero: there the constant stands.
    let whole = FloatBuffer(projection + [Float](repeating: 0, count: latent))
    var bias = [Float](repeating: 0, count: rows + 1)
    let plain = FrameBook(projection: whole, bias: bias, rows: FloatBuffer(count: rows + 1))
    let lengths = Self.lengths(latents, width: latent)
    return try withExtendedLifetime(latents) { () throws(FittingFailure) in
      let projected = plain.project(latents.base, count: count)
      let sizes = Self.lengths(projected, width: rows + 1)
      let loud = (0..<count).filter { lengths[$0] > Self.quiet }.map { sizes[$0] }.sorted()
      guard !loud.isEmpty else { throw FittingFailure("a stem is silent in all songs") }
      let constant = share * loud[loud.count / 2]
      bias[rows] = constant
      let heard = (0..<count).filter { lengths[$0] > Self.silence }
      let members = FloatBuffer(count: heard.count * (rows + 1))
      withExtendedLifetime((members, projected)) {
        for (row, frame) in heard.enumerated() {
          let target = members.base + row * (rows + 1)
          target.update(from: projected.base + frame * (rows + 1), count: rows)
          target[rows] = constant
        }
      }
      var means = SphericalMeans()
      means.rounds = settings.rounds
      means.seed = settings.seed &* 4 &+ stream
      let found = try means.fit(
        members, width: rows + 1, size: settings.codes, first: bias, pool: pool)
      return (FrameBook(projection: whole, bias: bias, rows: found.rows), constant)
    }
  }

  /// The vocal code of each frame in which somebody sings; -1 elsewhere.
  private func voiceCodes(_ latents: [Float], _ book: FrameBook, _ pool: ThreadPool) -> [Int] {
    let latent = settings.latent
    let count = latents.count / latent
    let block = 4096
    var classes = [Int](repeating: -1, count: count)
    let buffer = FloatBuffer(latents)
    let lengths = Self.lengths(buffer, width: latent)
    withExtendedLifetime(buffer) {
      nonisolated(unsafe) let source = UnsafePointer(buffer.base)
      classes.withUnsafeMutableBufferPointer { classes in
        nonisolated(unsafe) let classes = classes
        pool.run((count + block - 1) / block) { task in
          let first = task * block
          let codes = book.codes(source + first * latent, count: min(block, count - first))
          for (index, code) in codes.enumerated() where lengths[first + index] > Self.quiet {
            classes[first + index] = Int(code)
          }
        }
      }
    }
    return classes
  }

  private static func lengths(_ rows: FloatBuffer, width: Int) -> [Float] {
    withExtendedLifetime(rows) {
      (0..<rows.count / max(1, width)).map { row in
        var sum: Float = 0
        for index in 0..<width {
          sum += rows.base[row * width + index] * rows.base[row * width + index]
        }
        return sum.squareRoot()
      }
    }
  }

  /// Mean and spread of each channel.
  private static func moments(
    _ latents: FloatBuffer, latent: Int
  ) -> (mean: [Float], deviation: [Float]) {
    var (sums, squares) = (
      [Double](repeating: 0, count: latent), [Double](repeating: 0, count: latent)
    )
    for (index, value) in latents.enumerated() {
      sums[index % latent] += Double(value)
      squares[index % latent] += Double(value) * Double(value)
    }
    let count = Double(max(1, latents.count / latent))
    let mean = sums.map { $0 / count }
    let deviation = zip(squares, mean).map { max($0 / count - $1 * $1, 0).squareRoot() }
    return (mean.map { Float($0) }, deviation.map { Float($0) })
  }
}
