/// One track of a song: a row of frames, each an array of `shape` elements.
public struct Track: Sendable, Hashable {
  /// `[a-z0-9._-]{1,32}`, unique in its song: `mixed`, `vocal`, `accompaniment`, `prompt.vocal`.
  public var name: String
  public var type: ElementType
  /// The shape of one frame: `[1]` for tokens, `[channels]` for samples.
  public var shape: [Int]
  public var rate: FrameRate
  /// For tokens: every element is below this.
  public var vocab: Int?
  /// Keys that this version does not know, passed on.
  public var extra: [String: JSONValue]

  public init(
    name: String, type: ElementType, shape: [Int], rate: FrameRate, vocab: Int? = nil,
    extra: [String: JSONValue] = [:]
  ) {
    self.name = name
    self.type = type
    self.shape = shape
    self.rate = rate
    self.vocab = vocab
    self.extra = extra
  }

  /// How many elements a frame has.
  public var elements: Int { shape.reduce(1, *) }

  /// How many bytes a frame has.
  public var frameBytes: Int { elements * type.size }

  /// Whether this track belongs to the prompt (reference audio), not to the song itself.
  public var isPrompt: Bool { name.hasPrefix("prompt.") }
}
