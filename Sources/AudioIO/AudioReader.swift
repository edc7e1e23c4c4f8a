import CSndfile
import Diagnostics
import Glibc

/// An audio file of any kind that libsndfile reads.
///
/// Samples are interleaved floats, nominally ±1.0. The rate, the channels and every sample are
/// checked; the length that a file claims is only a hint.
public final class AudioReader {
  /// What messages call the file.
  public let name: String
  /// Samples per second, within ``AudioLimits/sampleRates``.
  public let sampleRate: Int
  /// 1 to 64.
  public let channels: Int
  /// The frames that the file claims to hold, 0 when it does not say. Never allocate by it.
  public let claimedFrames: Int

  private let handle: OpaquePointer
  private let memory: MemoryFile?
  private var position = 0
  /// Whether the file is FLAC, whose header counts the frames.
  private let isCounted: Bool

  /// Opens the file at `path`. What cannot seek is read into memory first, 256 MiB at most.
  ///
  /// - Throws: ``AudioFailure``: 66 when there is no such file, 65 when it is no audio.
  ///
  /// Calls `sf_open_fd`, or `sf_open_virtual` over memory.
  public convenience init(path: String) throws(AudioFailure) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw AudioFailure(.noInput, "cannot open '\(printable(path))': \(systemMessage(errno))")
    }
    var information = stat()
    if fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG {
      try self.init(file: descriptor, name: path)
    } else {
      defer { close(descriptor) }
      try self.init(descriptor: descriptor, name: path)
    }
  }

  /// Opens a regular file that is open already, and closes it in the end.
  ///
  /// - Throws: ``AudioFailure``: 66 when it is empty, 65 when it is no audio.
  ///
  /// Calls `sf_open_fd`.
  public convenience init(file descriptor: Int32, name: String) throws(AudioFailure) {
    var information = stat()
    if fstat(descriptor, &information) == 0, information.st_size == 0 {
      close(descriptor)
      throw AudioFailure(.noInput, "no input: '\(printable(name))' is empty")
    }
    var info = SF_INFO()
    // libsndfile closes the descriptor, also when it fails.
    let handle = sf_open_fd(descriptor, Int32(SFM_READ), &info, 1)
    try self.init(handle: handle, info: info, memory: nil, name: name)
  }

  /// Reads all of `descriptor`, 256 MiB at most, and opens that. The descriptor stays open.
  ///
  /// - Throws: ``AudioFailure``: 66 when it is empty, 65 when it is no audio or too long.
  public convenience init(descriptor: Int32, name: String) throws(AudioFailure) {
    try self.init(bytes: spool(descriptor, name: name), name: name)
  }

  /// Opens a file that lies in memory.
  ///
  /// - Throws: ``AudioFailure``: 66 when it is empty, 65 when it is no audio.
  ///
  /// Calls `sf_open_virtual`.
  public convenience init(bytes: [UInt8], name: String) throws(AudioFailure) {
    guard !bytes.isEmpty else {
      throw AudioFailure(.noInput, "no input: '\(printable(name))' is empty")
    }
    let memory = MemoryFile(bytes)
    var info = SF_INFO()
    var callbacks = MemoryFile.callbacks
    let handle = sf_open_virtual(
      &callbacks, Int32(SFM_READ), &info, Unmanaged.passUnretained(memory).toOpaque())
    try self.init(handle: handle, info: info, memory: memory, name: name)
  }

  private init(
    handle: OpaquePointer?, info: SF_INFO, memory: MemoryFile?, name: String
  ) throws(AudioFailure) {
    guard let handle else {
      throw AudioFailure(
        .data, "'\(printable(name))' is not audio that can be read: \(soundMessage(nil))")
    }
    let rate = Int(info.samplerate)
    let channels = Int(info.channels)
    guard AudioLimits.sampleRates.contains(rate), AudioLimits.channels.contains(channels) else {
      sf_close(handle)
      throw AudioFailure(
        .data,
        "'\(printable(name))' claims \(channels) channels at \(rate) Hz; "
          + "1 to 64 channels at 1000 to 768000 Hz can be read")
    }
    self.handle = handle
    self.memory = memory
    self.name = name
    sampleRate = rate
    self.channels = channels
    isCounted = Int32(SF_FORMAT_TYPEMASK) & info.format == Int32(SF_FORMAT_FLAC)
    claimedFrames = info.frames == sf_count_t.max ? 0 : max(0, Int(info.frames))
  }

  deinit { sf_close(handle) }

  /// Reads whole frames into `buffer`, as many as it holds; 0 at the end.
  ///
  /// A FLAC file that ends before the frames that its header counts is damaged; where a file of another
  /// kind ends, the recording ends.
  ///
  /// - Returns: Frames read: `channels` floats each.
  /// - Throws: ``AudioFailure`` with status 65 for damaged data and for samples that are not finite.
  ///
  /// Calls `sf_readf_float`.
  public func read(into buffer: UnsafeMutableBufferPointer<Float>) throws(AudioFailure) -> Int {
    let room = buffer.count / channels
    guard room > 0, let base = buffer.baseAddress else { return 0 }
    let count = Int(sf_readf_float(handle, base, sf_count_t(room)))
    guard count > 0 else {
      if sf_error(handle) != SF_ERR_NO_ERROR {
        throw AudioFailure(
          .data, "'\(printable(name))' is damaged after frame \(position): \(soundMessage(handle))")
      }
      if isCounted, position < claimedFrames {
        throw AudioFailure(
          .data,
          "'\(printable(name))' is damaged after frame \(position): it should have "
            + "\(claimedFrames); copy it anew, or cut it to what is there")
      }
      return 0
    }
    for index in 0..<min(count, room) * channels where !base[index].isFinite {
      throw AudioFailure(
        .data,
        "'\(printable(name))': the sample at frame \(position + index / channels) "
          + "is not a finite number")
    }
    position += count
    return min(count, room)
  }

  /// Reads to the end.
  ///
  /// - Parameter maxSeconds: The longest that is taken.
  /// - Returns: Interleaved samples, `channels` per frame.
  /// - Throws: ``AudioFailure`` with status 65, also when there is more than `maxSeconds`.
  public func readAll(maxSeconds: Double) throws(AudioFailure) -> [Float] {
    let limit = Int(min(max(0, maxSeconds), 1e6) * Double(sampleRate))
    var result: [Float] = []
    let block = UnsafeMutableBufferPointer<Float>.allocate(capacity: 8192 * channels)
    defer { block.deallocate() }
    while true {
      let count = try read(into: block)
      if count == 0 { return result }
      if result.count / channels + count > limit {
        throw AudioFailure(
          .data, "'\(printable(name))' is longer than \(Int(maxSeconds)) seconds; cut it first")
      }
      result.append(contentsOf: block[..<(count * channels)])
    }
  }
}
