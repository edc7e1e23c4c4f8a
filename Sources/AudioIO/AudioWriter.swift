import CSndfile
import Diagnostics
import Glibc

/// An audio file in the making on a descriptor that can seek.
///
/// Every write of libsndfile goes through ``FileSink``, so that a full disk is seen whatever the
/// codec does with the error.
public final class AudioWriter {
  public let format: AudioFileFormat
  public let channels: Int

  private let name: String
  private let sink: FileSink
  private var handle: OpaquePointer?

  /// Frames given to libsndfile at once; its Vorbis encoder keeps them on the stack.
  private static let chunk = 2048

  /// Begins a file. The descriptor stays open and belongs to the caller.
  ///
  /// - Parameters:
  ///   - name: What messages call the file.
  ///   - sampleRate: See ``AudioFileFormat/check(sampleRate:)``.
  /// - Throws: ``AudioFailure``: 64 for a rate the format has not, 74 when writing fails.
  ///
  /// Calls `sf_open_virtual` and `sf_set_string`.
  public init(
    descriptor: Int32, name: String, format: AudioFileFormat, sampleRate: Int, channels: Int,
    tags: AudioTags = AudioTags()
  ) throws(AudioFailure) {
    try format.check(sampleRate: sampleRate)
    self.format = format
    self.channels = channels
    self.name = name
    sink = FileSink(descriptor, ogg: format.kind == .ogg || format.kind == .opus)
    var info = SF_INFO()
    info.samplerate = Int32(clamping: sampleRate)
    info.channels = Int32(clamping: channels)
    info.format = format.code
    var callbacks = FileSink.callbacks
    handle = sf_open_virtual(
      &callbacks, Int32(SFM_WRITE), &info, Unmanaged.passUnretained(sink).toOpaque())
    guard let handle else {
      try checkSink()
      throw AudioFailure(
        .inputOutput, "cannot write '\(printable(name))': \(soundMessage(nil))")
    }
    // The PEAK chunk of a wav file holds the time of day.
    sf_command(handle, Int32(SFC_SET_ADD_PEAK_CHUNK), nil, 0)
    sf_command(handle, Int32(SFC_SET_CLIPPING), nil, 1)
    if case .lossy = format.sample {
      var quality = format.kind == .opus ? 0.5 : 0.7
      sf_command(
        handle, Int32(SFC_SET_VBR_ENCODING_QUALITY), &quality, Int32(MemoryLayout<Double>.size))
    }
    let strings = [
      (SF_STR_TITLE, tags.title), (SF_STR_ARTIST, tags.artist), (SF_STR_COMMENT, tags.comment),
      (SF_STR_SOFTWARE, tags.software),
    ]
    for (kind, text) in strings {
      if let text { sf_set_string(handle, Int32(kind), text) }
    }
  }

  deinit { if let handle { sf_close(handle) } }

  /// Appends interleaved samples, nominally ±1.0; for formats of floats and lossy ones.
  ///
  /// - Throws: ``AudioFailure`` with status 74.
  ///
  /// Calls `sf_writef_float`.
  public func write(_ samples: UnsafeBufferPointer<Float>) throws(AudioFailure) {
    try append(samples) { sf_writef_float($0, $1, $2) }
  }

  /// Appends interleaved samples of 16 or 24 bits that lie in the upper bits of each number.
  ///
  /// - Throws: ``AudioFailure`` with status 74.
  ///
  /// Calls `sf_writef_int`.
  public func write(integers samples: UnsafeBufferPointer<Int32>) throws(AudioFailure) {
    try append(samples) { sf_writef_int($0, $1, $2) }
  }

  private func append<Sample>(
    _ samples: UnsafeBufferPointer<Sample>,
    _ write: (OpaquePointer, UnsafePointer<Sample>, sf_count_t) -> sf_count_t
  ) throws(AudioFailure) {
    guard let handle else {
      throw AudioFailure(.software, "'\(printable(name))' is already finished")
    }
    var rest = samples[...]
    while rest.count >= channels {
      let frames = min(rest.count / channels, AudioWriter.chunk)
      let part = UnsafeBufferPointer(rebasing: rest.prefix(frames * channels))
      guard let base = part.baseAddress else { return }
      let written = write(handle, base, sf_count_t(frames))
      try checkSink()
      guard written == sf_count_t(frames) else {
        throw AudioFailure(
          .inputOutput, "cannot write '\(printable(name))': \(soundMessage(handle))")
      }
      rest = rest.dropFirst(frames * channels)
    }
  }

  /// Writes what is still held back, and the header.
  ///
  /// - Throws: ``AudioFailure`` with status 74.
  ///
  /// Calls `sf_close`.
  public func finish() throws(AudioFailure) {
    guard let handle else { return }
    self.handle = nil
    let code = sf_close(handle)
    sink.finish()
    try checkSink()
    if code != 0 {
      let text = sf_error_number(code).map { String(cString: $0) } ?? "error \(code)"
      throw AudioFailure(.inputOutput, "cannot write '\(printable(name))': \(printable(text))")
    }
  }

  private func checkSink() throws(AudioFailure) {
    if let code = sink.failure {
      throw AudioFailure(.inputOutput, "cannot write '\(printable(name))': \(systemMessage(code))")
    }
  }
}
