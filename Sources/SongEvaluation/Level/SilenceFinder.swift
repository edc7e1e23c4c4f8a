/// Finds where a sound is silent: 10 ms after 10 ms whose root mean square over all channels lies
/// below -60 dB of full scale.
public struct SilenceFinder: Sendable {
  /// What was found, in seconds.
  public struct Result: Sendable, Hashable {
    /// Before the first sound; all of it if there is none.
    public var leading = 0.0
    /// After the last sound; 0 if there is none.
    public var trailing = 0.0
    /// In stretches of at least ``shortest`` between sounds, all together.
    public var inner = 0.0
    /// The longest of these stretches.
    public var longest = 0.0
    public var hasSound = false
  }

  /// Power below which 10 ms are silent: -60 dB.
  static let threshold: Float = 1e-6
  /// Seconds from which on silence between sounds counts.
  public static let shortest = 0.5

  private let channels: Int
  private let block: Int
  private let seconds: Double
  private var sum: Float = 0
  private var filled = 0
  /// Blocks since the last sound.
  private var silent = 0
  private var result = Result()

  public init(sampleRate: Int, channels: Int) {
    self.channels = max(1, channels)
    block = max(1, (sampleRate + 50) / 100)
    seconds = Double(block) / Double(max(1, sampleRate))
  }

  /// Adds interleaved samples, whole frames of them.
  public mutating func add(_ samples: UnsafeBufferPointer<Float>) {
    for frame in 0..<samples.count / channels {
      for channel in 0..<channels {
        let sample = samples[frame * channels + channel]
        sum += sample * sample
      }
      filled += 1
      if filled == block { endBlock() }
    }
  }

  /// What was found in all that was added.
  public func finish() -> Result {
    var last = self
    if last.filled > 0 { last.endBlock() }
    let rest = Double(last.silent) * seconds
    if last.result.hasSound { last.result.trailing = rest } else { last.result.leading = rest }
    return last.result
  }

  private mutating func endBlock() {
    let isSilent = sum < Self.threshold * Float(filled * channels)
    (sum, filled) = (0, 0)
    guard !isSilent else {
      silent += 1
      return
    }
    let stretch = Double(silent) * seconds
    if !result.hasSound {
      result.leading = stretch
    } else if stretch >= Self.shortest {
      result.inner += stretch
      result.longest = max(result.longest, stretch)
    }
    result.hasSound = true
    silent = 0
  }
}
