import Diagnostics
import Glibc

/// Read-only bytes of a file, for as long as this object lives.
///
/// A file on disk is mapped, not read: opening is quick, and pages come in as they are used. A file
/// that shrinks while it is mapped ends the process with SIGBUS, as with every mapped file.
public final class MappedFile: @unchecked Sendable {
  /// Name for messages, relative to the model.
  public let name: String
  /// The content; valid while the object lives.
  public let bytes: UnsafeRawBufferPointer
  private let isMapping: Bool
  private let release: @Sendable (UnsafeRawBufferPointer) -> Void

  /// Maps a regular file (open(2), mmap(2)).
  ///
  /// - Throws: `unavailable` when it cannot be opened or is no regular file.
  public convenience init(path: String, name: String) throws(WeightsFailure) {
    var descriptor: Int32
    repeat {
      descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    } while descriptor < 0 && errno == EINTR
    guard descriptor >= 0 else {
      throw .missing(name, "cannot be opened (\(systemMessage(errno)))")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw .missing(name, "cannot be examined (\(systemMessage(errno)))")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .missing(name, "is not a regular file")
    }
    guard let size = Int(exactly: status.st_size), size > 0 else {
      self.init(name: name, bytes: UnsafeRawBufferPointer(start: nil, count: 0)) { _ in }
      return
    }
    guard let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED
    else {
      throw .missing(name, "cannot be mapped (\(systemMessage(errno)))")
    }
    self.init(
      name: name, bytes: UnsafeRawBufferPointer(start: start, count: size), isMapping: true
    ) { bytes in
      munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
    }
  }

  /// Bytes that live as long as the process, such as those inside the binary.
  public convenience init(name: String, forever bytes: UnsafeRawBufferPointer) {
    self.init(name: name, bytes: bytes) { _ in }
  }

  /// A copy of some bytes.
  public convenience init(name: String, copying source: some Collection<UInt8>) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: source.count, alignment: 64)
    copy.copyBytes(from: source)
    self.init(name: name, bytes: UnsafeRawBufferPointer(copy)) { $0.deallocate() }
  }

  private init(
    name: String, bytes: UnsafeRawBufferPointer, isMapping: Bool = false,
    release: @escaping @Sendable (UnsafeRawBufferPointer) -> Void
  ) {
    self.name = name
    self.bytes = bytes
    self.isMapping = isMapping
    self.release = release
  }

  deinit { release(bytes) }

  /// Goes through some of the content, or all of it, in steps of some megabytes, whose pages are
  /// given back to the system (madvise(2)): a walk through a file needs no more memory than a step of
  /// it. Bytes that do not lie in this file are gone through as well.
  public func walk(
    _ part: UnsafeRawBufferPointer? = nil, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) rethrows {
    let part = part ?? bytes
    try withExtendedLifetime(self) {
      var start = 0
      while start < part.count {
        let end = min(part.count, start + (4 << 20))
        let step = UnsafeRawBufferPointer(rebasing: part[start..<end])
        try body(step)
        giveBack(step)
        start = end
      }
    }
  }

  /// Gives pages back to the system that are not needed any more; they come in anew if they are.
  ///
  /// Only whole pages, and only of a mapping: those of other memory would lose what they hold.
  public func giveBack(_ part: UnsafeRawBufferPointer) {
    guard isMapping, let start = part.baseAddress, let lowest = bytes.baseAddress, start >= lowest,
      start + part.count <= lowest + bytes.count
    else { return }
    let page = UInt(sysconf(Int32(_SC_PAGESIZE)))
    let first = UInt(bitPattern: start) / page * page
    let end = (UInt(bitPattern: start) + UInt(part.count)) / page * page
    guard end > first, let pointer = UnsafeMutableRawPointer(bitPattern: first) else { return }
    madvise(pointer, Int(end - first), MADV_DONTNEED)
  }

  /// The content as text, for the small files of a model.
  ///
  /// - Throws: `data` when it is longer than `limit` bytes or not UTF-8.
  public func text(limit: Int = 1 << 20) throws(WeightsFailure) -> String {
    guard bytes.count <= limit else {
      throw .malformed(name, "is larger than the limit of \(limit) bytes for such a file")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .malformed(name, "is not valid UTF-8")
    }
    return text
  }
}
