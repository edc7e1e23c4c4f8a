import Diagnostics
import Glibc

/// Stereo audio in a temporary file without a name: it is gone when the process ends, whatever
/// ends it.
public final class SampleSpool {
  /// Frames written so far.
  public private(set) var frames = 0

  private let descriptor: Int32
  private let directory: String

  private static let frameBytes = 2 * MemoryLayout<Float>.size

  /// Begins a file in `$TMPDIR`, `/var/tmp` or `/tmp`.
  ///
  /// - Throws: ``MixingFailure`` with status 73 when it cannot be created.
  ///
  /// Calls `mkstemp(3)` and `unlink(2)`.
  public init() throws(MixingFailure) {
    var candidates = ["/var/tmp", "/tmp"]
    if let variable = getenv("TMPDIR"), variable[0] != 0 {
      candidates = [String(cString: variable)]
    }
    var opened: Int32 = -1
    var place = ""
    for candidate in candidates where opened < 0 {
      place = candidate
      var template = Array((candidate + "/sg-XXXXXX").utf8CString)
      opened = template.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return -1 }
        let descriptor = mkstemp(base)
        if descriptor >= 0 {
          unlink(base)
          _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        }
        return descriptor
      }
    }
    descriptor = opened
    directory = place
    guard opened >= 0 else {
      throw MixingFailure(
        .cannotCreate,
        "cannot create a temporary file in '\(printable(place))': "
          + "\(systemMessage(errno)); set TMPDIR to another directory")
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Appends interleaved stereo frames.
  ///
  /// - Throws: ``MixingFailure`` with status 74.
  ///
  /// Calls `pwrite(2)`.
  public func append(_ samples: UnsafeBufferPointer<Float>) throws(MixingFailure) {
    let bytes = UnsafeRawBufferPointer(samples)
    var done = 0
    while done < bytes.count, let base = bytes.baseAddress {
      let offset = frames * SampleSpool.frameBytes + done
      let count = pwrite(descriptor, base + done, bytes.count - done, offset)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw fault("write", count < 0 ? errno : EIO) }
      done += count
    }
    frames += samples.count / 2
  }

  /// Appends interleaved stereo frames.
  public func append(_ samples: [Float]) throws(MixingFailure) {
    var failure: MixingFailure?
    samples.withUnsafeBufferPointer { samples in
      do throws(MixingFailure) { try append(samples) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  /// Reads frames from frame `start` on, as many as there are and as `buffer` holds.
  ///
  /// - Returns: Frames read, 0 at the end.
  /// - Throws: ``MixingFailure`` with status 74.
  ///
  /// Calls `pread(2)`.
  public func read(
    from start: Int, into buffer: UnsafeMutableBufferPointer<Float>
  ) throws(MixingFailure) -> Int {
    let count = min(buffer.count / 2, frames - start)
    guard start >= 0, count > 0, let base = buffer.baseAddress else { return 0 }
    let bytes = UnsafeMutableRawPointer(base)
    let size = count * SampleSpool.frameBytes
    var done = 0
    while done < size {
      let offset = start * SampleSpool.frameBytes + done
      let got = pread(descriptor, bytes + done, size - done, offset)
      if got < 0 && errno == EINTR { continue }
      guard got > 0 else { throw fault("read", got < 0 ? errno : EIO) }
      done += got
    }
    return count
  }

  private func fault(_ what: String, _ code: Int32) -> MixingFailure {
    MixingFailure(
      .inputOutput,
      "cannot \(what) a temporary file in '\(printable(directory))': "
        + "\(systemMessage(code)) (TMPDIR says where it lies)")
  }
}
