/// The stems of a song: mono, 24 kHz, of the same length.
public struct StemPair: Sendable {
  public var vocal: [Float]
  public var accompaniment: [Float]

  public init(vocal: [Float], accompaniment: [Float]) {
    self.vocal = vocal
    self.accompaniment = accompaniment
  }
}
