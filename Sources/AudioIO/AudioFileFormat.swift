import CSndfile
import Diagnostics

/// A kind of file that a song can be written to, and how its samples lie in it.
public struct AudioFileFormat: Sendable, Hashable {
  /// The kinds of files, by their usual extension.
  public enum Kind: String, Sendable, CaseIterable {
    case wav, flac, ogg, opus, mp3
  }

  /// How a sample is kept.
  public enum Sample: Sendable, Hashable {
    /// Whole numbers of 16 or 24 bits: quantised by the caller, see
    /// ``AudioWriter/write(integers:)``.
    case integer(bits: Int)
    /// 32-bit floating point numbers.
    case float
    /// What the codec makes of floating point numbers.
    case lossy
  }

  public let kind: Kind
  public let sample: Sample

  /// A format, by default 24 bits for wav and flac.
  ///
  /// - Parameter bits: 16 or 24 for wav and flac, 32 (floating point) for wav; nil for the lossy.
  /// - Throws: ``AudioFailure`` with status 64 for bits that the kind does not have.
  public init(_ kind: Kind, bits: Int? = nil) throws(AudioFailure) {
    self.kind = kind
    switch (kind, bits) {
    case (.wav, nil), (.flac, nil): sample = .integer(bits: 24)
    case (.wav, 16), (.wav, 24), (.flac, 16), (.flac, 24): sample = .integer(bits: bits ?? 24)
    case (.wav, 32): sample = .float
    case (.ogg, nil), (.opus, nil), (.mp3, nil): sample = .lossy
    case (.wav, _): throw AudioFailure(.usage, "wav has 16, 24 or 32 bits")
    case (.flac, _): throw AudioFailure(.usage, "flac has 16 or 24 bits")
    default: throw AudioFailure(.usage, "\(kind.rawValue) has no bit depth; leave it out")
    }
  }

  /// The format that the extension of `path` stands for.
  ///
  /// - Throws: ``AudioFailure`` with status 64 that lists the extensions there are.
  public init(path: String, bits: Int? = nil) throws(AudioFailure) {
    let name = path.split(separator: "/").last ?? ""
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count > 1, let last = parts.last, let kind = Kind(rawValue: last.lowercased())
    else {
      throw AudioFailure(
        .usage, "'\(printable(path))' does not end in .wav, .flac, .ogg, .opus or .mp3")
    }
    try self.init(kind, bits: bits)
  }

  /// libsndfile's number for it.
  var code: Int32 {
    let container =
      switch kind {
      case .wav: SF_FORMAT_WAV
      case .flac: SF_FORMAT_FLAC
      case .ogg, .opus: SF_FORMAT_OGG
      case .mp3: SF_FORMAT_MPEG
      }
    let encoding =
      switch (kind, sample) {
      case (_, .integer(bits: 16)): SF_FORMAT_PCM_16
      case (_, .integer): SF_FORMAT_PCM_24
      case (_, .float): SF_FORMAT_FLOAT
      case (.opus, _): SF_FORMAT_OPUS
      case (.mp3, _): SF_FORMAT_MPEG_LAYER_III
      default: SF_FORMAT_VORBIS
      }
    return Int32(container) | Int32(encoding)
  }

  /// Checks that the format can be written here at `sampleRate`.
  ///
  /// - Throws: ``AudioFailure`` with status 64 that names rates which work.
  public func check(sampleRate: Int) throws(AudioFailure) {
    guard AudioLimits.sampleRates.contains(sampleRate) else {
      throw AudioFailure(.usage, "cannot write \(sampleRate) Hz; choose --rate from 1000 to 768000")
    }
    let rates: [Int]
    switch kind {
    case .opus: rates = [8000, 12000, 16000, 24000, 48000]
    case .mp3: rates = [8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000]
    case .wav, .flac, .ogg: rates = []
    }
    if !rates.isEmpty, !rates.contains(sampleRate) {
      let list = rates.map(String.init).joined(separator: ", ")
      throw AudioFailure(
        .usage, "\(kind.rawValue) cannot hold \(sampleRate) Hz; choose --rate from \(list)")
    }
    if kind == .ogg && sampleRate > 192_000 {
      throw AudioFailure(.usage, "ogg holds at most 192000 Hz; choose a lower --rate")
    }
    var info = SF_INFO()
    info.samplerate = Int32(clamping: sampleRate)
    info.channels = 2
    info.format = code
    guard sf_format_check(&info) != 0 else {
      throw AudioFailure(
        .usage, "this libsndfile cannot write \(kind.rawValue) at \(sampleRate) Hz")
    }
  }
}
