import CSndfile
import Glibc

/// Bytes that libsndfile reads as if they were a file.
final class MemoryFile {
  let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The callbacks over a `MemoryFile`; see `sf_open_virtual`.
  static var callbacks: SF_VIRTUAL_IO {
    SF_VIRTUAL_IO(
      get_filelen: { sf_count_t(MemoryFile.of($0)?.bytes.count ?? 0) },
      seek: { offset, whence, user in MemoryFile.of(user)?.seek(offset, whence) ?? -1 },
      read: { target, count, user in MemoryFile.of(user)?.read(target, count) ?? 0 },
      write: { _, _, _ in 0 },
      tell: { sf_count_t(MemoryFile.of($0)?.position ?? 0) })
  }

  private static func of(_ user: UnsafeMutableRawPointer?) -> MemoryFile? {
    user.map { Unmanaged<MemoryFile>.fromOpaque($0).takeUnretainedValue() }
  }

  private func seek(_ offset: sf_count_t, _ whence: Int32) -> sf_count_t {
    guard let target = seekTarget(offset, whence, position: position, length: bytes.count),
      target <= bytes.count
    else { return -1 }
    position = target
    return sf_count_t(position)
  }

  private func read(_ target: UnsafeMutableRawPointer?, _ count: sf_count_t) -> sf_count_t {
    guard let target, count > 0 else { return 0 }
    let size = min(Int(count), bytes.count - position)
    bytes.withUnsafeBytes { source in
      if size > 0, let base = source.baseAddress {
        target.copyMemory(from: base + position, byteCount: size)
      }
    }
    position += size
    return sf_count_t(size)
  }
}

/// Where a seek leads, nil when that is before the start or nowhere.
func seekTarget(_ offset: sf_count_t, _ whence: Int32, position: Int, length: Int) -> Int? {
  let origin: Int
  switch whence {
  case SEEK_SET: origin = 0
  case SEEK_CUR: origin = position
  case SEEK_END: origin = length
  default: return nil
  }
  let (target, overflow) = origin.addingReportingOverflow(Int(offset))
  return overflow || target < 0 ? nil : target
}
