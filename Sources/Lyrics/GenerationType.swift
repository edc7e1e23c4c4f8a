/// What of a song is asked for, by the names of the reference.
public enum GenerationType: String, Sendable, CaseIterable {
  /// Voice and accompaniment in one.
  case mixed
  /// The voice alone.
  case vocal
  /// Voice, accompaniment and mix, each on its own.
  case separate
  /// No voice: the lyrics are not read.
  case accompaniment = "bgm"
}
