/// Every limit on what a request may be.
public enum LyricsLimits {
  /// Bytes of one line of JSON, or of one plain lyrics file.
  public static let requestBytes = 1 << 20
  /// UTF-8 bytes of the lyrics; no model reads more than a few thousand.
  public static let lyricsBytes = 64 << 10
  /// UTF-8 bytes of the description.
  public static let descriptionBytes = 4 << 10
  /// UTF-8 bytes of a song's name.
  public static let idBytes = 128
  /// Nesting of unknown keys.
  public static let nesting = 24
  /// Bytes of a request on its way through the tools, as JSON.
  public static let streamBytes = 512 << 10
  /// Findings of one request; how many more there are is a finding of its own.
  public static let findings = 100
  /// Scalars between the brackets of something that could be a label.
  public static let labelLength = 48
}
