/// The two halves of the network.
enum Branch: Sendable {
  /// On the spectrogram.
  case frequency
  /// On the samples.
  case time

  /// What the keys of its encoder and decoder begin with.
  var prefix: String { self == .frequency ? "" : "t" }
  /// What the keys of its transformer end with.
  var suffix: String { self == .frequency ? "" : "_t" }
  /// Channels of stereo audio: real and imaginary parts, or samples.
  var audioChannels: Int { self == .frequency ? 4 : 2 }
  /// The last axis of its convolution weights, where they have two dimensions.
  var flat: [Int] { self == .frequency ? [1] : [] }
}
