/// How much of a song is made.
public enum SongExtent: Sendable, Hashable {
  /// One line of this many words.
  case words(Int)
  /// One section of this many lines.
  case lines(Int)
  /// A verse, a chorus or both, 8 to 20 s.
  case short
  /// A song with its intro, a chorus that comes back, and an end, 25 to 39 s.
  case song
}
