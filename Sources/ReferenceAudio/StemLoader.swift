public import AudioIO
import Diagnostics
public import MusicCodec
public import Neural
public import Separation

/// What a reference consists of, at the encoder's rate, all of the same excerpt.
public struct ReferenceStems: Sendable {
  /// Where vocal and accompaniment come from.
  public enum Origin: String, Sendable {
    /// Both were given.
    case given
    /// One was given; the other is what the song has beside it.
    case difference
    /// The separation network made the vocal, and the accompaniment is the rest.
    case separated
    /// There was one recording, and the encoder takes it apart by pairs of codes.
    case parted
    /// There was one recording and nothing to take it apart with: the other stem is silent.
    case single
  }

  public var song: Recording
  public var vocal: Recording
  public var accompaniment: Recording
  public var origin: Origin
  /// Channels of the file, before they became stereo.
  public var channels: Int
  /// Seconds of the file before the excerpt.
  public var start: Double

  /// Samples that all three have.
  public var frames: Int { min(song.frames, vocal.frames, accompaniment.frames) }
}

/// Recordings to ``ReferenceStems``.
public struct StemLoader {
  /// Samples per second of what comes out.
  public static let rate = 48_000
  /// Samples per second of what is separated.
  public static let separationRate = HTDemucsShape.sampleRate

  /// The files of one reference; at least one of them.
  public struct Files {
    public var song: AudioReader?
    public var vocal: AudioReader?
    public var accompaniment: AudioReader?

    public init(
      song: AudioReader? = nil, vocal: AudioReader? = nil, accompaniment: AudioReader? = nil
    ) {
      self.song = song
      self.vocal = vocal
      self.accompaniment = accompaniment
    }
  }

  private let separator: HTDemucs?
  private let codeSamples: Int?
  private let shift: Shift
  private let quirks: Bool
  private let pool: ThreadPool

  /// - Parameters:
  ///   - separator: nil if the model has none.
  ///   - codeSamples: the samples of a code at ``rate`` if the encoder takes songs apart by pairs of
  ///     codes, which is done when there is no separator. Excerpts then begin with a code.
  ///   - quirks: whether the vocal goes through 16 bits, as in the reference.
  public init(
    separator: HTDemucs?, codeSamples: Int? = nil, shift: Shift, quirks: Bool, pool: ThreadPool
  ) {
    self.separator = separator
    self.codeSamples = codeSamples
    self.shift = shift
    self.quirks = quirks
    self.pool = pool
  }

  /// Reads the excerpt of a reference.
  ///
  /// - Parameter progress: called with the share of the separation that is done.
  /// - Throws: what reading and separating throw; ``ReferenceFailure`` (65) if the recordings end
  ///   before the excerpt begins.
  public func load(
    _ files: Files, excerpt: Excerpt, progress: (Double) -> Void
  ) throws -> ReferenceStems {
    if let song = files.song, files.vocal == nil, files.accompaniment == nil {
      return try separate(song, excerpt, progress)
    }
    let range = excerpt.frames(at: Self.rate)
    func read(_ reader: AudioReader) throws -> (SpooledSong, Int) {
      let audio = try SongSpooler.spool(reader, [.init(rate: Self.rate, frames: range)])
      return (try part(audio.songs[0], of: reader, excerpt), audio.channels)
    }
    let song = try files.song.map(read)
    let vocal = try files.vocal.map(read)
    let accompaniment = try files.accompaniment.map(read)
    let channels = (song ?? vocal ?? accompaniment)?.1 ?? 2
    let (first, second) = (vocal?.0.recording(), accompaniment?.0.recording())
    let whole = try song?.0.recording() ?? first.flatMap { a in try second?.added(to: a) }
    func stems(
      _ song: Recording, _ vocal: Recording, _ accompaniment: Recording,
      _ origin: ReferenceStems.Origin
    ) -> ReferenceStems {
      ReferenceStems(
        song: song, vocal: vocal, accompaniment: accompaniment, origin: origin, channels: channels,
        start: excerpt.start)
    }
    switch (first, second, whole) {
    case (let vocal?, let accompaniment?, let whole?):
      return stems(whole, vocal, accompaniment, .given)
    case (let vocal?, nil, let whole?):
      return stems(whole, vocal, try whole.without(vocal), .difference)
    case (nil, let accompaniment?, let whole?):
      return stems(whole, try whole.without(accompaniment), accompaniment, .difference)
    case (let vocal?, _, nil):
      return stems(vocal, vocal, .silence(frames: vocal.frames), .single)
    case (nil, let accompaniment?, nil):
      return stems(
        accompaniment, .silence(frames: accompaniment.frames), accompaniment, .single)
    case (nil, nil, _):
      throw ReferenceFailure(.usage, "there is no recording")
    }
  }

  /// A recording of which something lies within the excerpt.
  private func part(
    _ song: SpooledSong, of reader: AudioReader, _ excerpt: Excerpt
  ) throws(ReferenceFailure) -> SpooledSong {
    guard song.frames > 0 else {
      throw ReferenceFailure(
        .data,
        "'\(printable(reader.name))' ends before the excerpt begins; give an earlier --start")
    }
    return song
  }

  private func separate(
    _ reader: AudioReader, _ excerpt: Excerpt, _ progress: (Double) -> Void
  ) throws -> ReferenceStems {
    // Pairs of codes are found only where the song's own codes lay.
    let step = separator == nil ? codeSamples.map { Double($0) / Double(Self.rate) } : nil
    let excerpt = step.map { excerpt.aligned(to: $0) } ?? excerpt
    let range = excerpt.frames(at: Self.rate)
    var wishes = [SongSpooler.Wish(rate: Self.rate, frames: range)]
    // The network wants the level of the whole song.
    if separator != nil { wishes.append(.init(rate: Self.separationRate)) }
    let audio = try SongSpooler.spool(reader, wishes)
    let full = try part(audio.songs[0], of: reader, excerpt)
    let song = full.recording(isMono: quirks && audio.channels == 1)
    guard let separator else {
      return ReferenceStems(
        song: song, vocal: .silence(frames: full.frames), accompaniment: full.recording(),
        origin: codeSamples == nil ? .single : .parted, channels: audio.channels,
        start: excerpt.start)
    }
    let vocal = try VocalTrack(separator, audio.songs[1], shift: shift, pool: pool)
      .read(
        range.lowerBound..<range.lowerBound + full.frames, throughFile: quirks, progress: progress
      ).recording()
    return ReferenceStems(
      song: song, vocal: vocal, accompaniment: try full.recording().without(vocal),
      origin: .separated, channels: audio.channels, start: excerpt.start)
  }
}
