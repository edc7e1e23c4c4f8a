/// The bounds on what an audio file may claim.
public enum AudioLimits {
  /// Samples per second.
  public static let sampleRates = 1_000...768_000
  public static let channels = 1...64
  /// Bytes of a file held in memory because its source cannot seek: 256 MiB.
  public static let spooledBytes = 256 << 20
}
