import CSndfile
import Glibc

/// A descriptor that libsndfile writes to; remembers the first failure.
final class FileSink {
  /// The `errno` of the first write that failed.
  private(set) var failure: Int32?

  private let descriptor: Int32
  private var position = 0
  private var length = 0
  private var pages: OggPages?

  /// - Parameter ogg: Whether the bytes are Ogg pages, which get a fixed serial number.
  init(_ descriptor: Int32, ogg: Bool) {
    self.descriptor = descriptor
    pages = ogg ? OggPages() : nil
  }

  /// The callbacks over a `FileSink`; see `sf_open_virtual`.
  static var callbacks: SF_VIRTUAL_IO {
    SF_VIRTUAL_IO(
      get_filelen: { sf_count_t(FileSink.of($0)?.length ?? 0) },
      seek: { offset, whence, user in FileSink.of(user)?.seek(offset, whence) ?? -1 },
      read: { target, count, user in FileSink.of(user)?.read(target, count) ?? 0 },
      write: { source, count, user in FileSink.of(user)?.write(source, count) ?? 0 },
      tell: { sf_count_t(FileSink.of($0)?.position ?? 0) })
  }

  private static func of(_ user: UnsafeMutableRawPointer?) -> FileSink? {
    user.map { Unmanaged<FileSink>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Writes what an unfinished Ogg page holds back.
  func finish() {
    guard let rest = pages?.rest, !rest.isEmpty else { return }
    put(rest, at: position - rest.count)
  }

  private func seek(_ offset: sf_count_t, _ whence: Int32) -> sf_count_t {
    guard let target = seekTarget(offset, whence, position: position, length: length) else {
      return -1
    }
    position = target
    return sf_count_t(position)
  }

  private func read(_ target: UnsafeMutableRawPointer?, _ count: sf_count_t) -> sf_count_t {
    guard let target, count > 0 else { return 0 }
    let got = pread(descriptor, target, Int(count), position)
    position += max(0, got)
    return sf_count_t(max(0, got))
  }

  private func write(_ source: UnsafeRawPointer?, _ count: sf_count_t) -> sf_count_t {
    guard failure == nil, let source, count > 0 else { return 0 }
    let bytes = UnsafeRawBufferPointer(start: source, count: Int(count))
    if pages == nil {
      put(bytes, at: position)
    } else {
      let held = pages?.rest.count ?? 0
      let whole = pages?.append(bytes) ?? []
      put(whole, at: position - held)
    }
    guard failure == nil else { return 0 }
    position += bytes.count
    length = max(length, position)
    return count
  }

  private func put(_ bytes: [UInt8], at offset: Int) {
    bytes.withUnsafeBytes { put($0, at: offset) }
  }

  private func put(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
    var done = 0
    while done < bytes.count, let base = bytes.baseAddress {
      let count = pwrite(descriptor, base + done, bytes.count - done, offset + done)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else {
        failure = count < 0 ? errno : EIO
        return
      }
      done += count
    }
  }
}
