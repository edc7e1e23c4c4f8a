/// What JSON text may be: checked before or while it is parsed, so that hostile text costs little.
public struct JSONLimits: Sendable, Hashable {
  /// Longest text, in bytes.
  public var bytes = 1 << 20
  /// Deepest nesting of arrays and objects.
  public var nesting = 32
  /// Longest number, in bytes.
  public var number = 1024

  public init() {}
}

/// Every limit of a song stream, in one place. Readers and writers check the same ones.
///
/// Memory per song is bounded by these; the number of songs is not bounded. The values are those
/// of sg-stream(5); only ``seconds`` is meant to be changed by a user (`--max-seconds`).
public struct StreamLimits: Sendable, Hashable {
  /// Largest payload of a record, in bytes.
  public var payload = 1 << 24
  /// What the JSON of `H`, `E` and `A` records may be.
  public var json = JSONLimits()
  /// Most tracks of a song.
  public var tracks = 64
  /// Most dimensions of a track's frame.
  public var dimensions = 8
  /// Most elements of a frame: the product of its shape.
  public var elements = 4096
  /// Largest numerator and denominator of a frame rate.
  public var rateTerm = 1_000_000
  /// Longest name of a track, role or tool, in bytes.
  public var name = 32
  /// Longest song id, model name or version, in bytes.
  public var id = 128
  /// Most entries of a song's history.
  public var history = 64
  /// Most models that a song names.
  public var models = 64
  /// Longest song, in seconds of its tracks.
  public var seconds = 600
  /// Most frames by which one track may run ahead of another, in anything but `pcm`.
  public var tokenSkew = 4096
  /// Most frames by which one track of a `pcm` song may run ahead of another.
  public var pcmSkew = 1 << 20
  /// Most frames that a writer puts into one record.
  public var recordFrames = 48_000

  public init() {}

  /// The limits with another longest song.
  public init(seconds: Int) {
    self.seconds = seconds
  }
}
