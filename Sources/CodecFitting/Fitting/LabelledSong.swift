/// A song of which it is known what is sung in each frame.
public struct LabelledSong: Sendable {
  public var stems: StemPair
  /// 0 where nothing is sung; one for each frame.
  public var phones: [UInt16]
  public var pitches: [UInt16]

  public init(stems: StemPair, phones: [UInt16], pitches: [UInt16]) {
    self.stems = stems
    self.phones = phones
    self.pitches = pitches
  }
}
