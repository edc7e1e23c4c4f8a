/// A waveform that a song can be decoded to.
public enum Stem: String, Sendable, Hashable, CaseIterable {
  /// Both rows decoded together: what the model heard as the song.
  case mixed
  case vocal
  case accompaniment
}

/// Where separate stems come from.
public enum StemSplit: String, Sendable, Hashable, CaseIterable {
  /// The joint decode, the vocal decoded from the same noise, and the accompaniment as what the vocal
  /// leaves of the joint decode: vocal + accompaniment = mixed.
  case residual
  /// Every stem decoded by itself, the other row silent, from noise of its own, as the reference does.
  /// Their sum is not the joint decode.
  case independent
}
