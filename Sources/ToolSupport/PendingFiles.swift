import Glibc
import Synchronization

/// The temporary files and folders of the process, removed when a signal ends it.
///
/// The table is plain memory that never moves, so that the handler may read it: the only calls
/// there are `unlink(2)`, `rmdir(2)`, `signal(2)` and `raise(3)`, which are safe in a handler.
enum PendingFiles {
  private static let capacity = 64
  nonisolated(unsafe) private static let slots: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> =
    {
      let memory = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: capacity)
      memory.initialize(repeating: nil, count: capacity)
      return memory
    }()
  /// Touched after `slots`, so that the handler finds the table made.
  private static let watching: Void = {
    for number in [SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM, SIGXCPU, SIGXFSZ] { watch(number) }
  }()
  private static let lock = Mutex(())

  /// Remembers `path`; nil when the table is full, and then a signal leaves the file behind.
  static func add(_ path: String) -> Int? {
    lock.withLock { _ in
      _ = (slots, watching)
      for index in 0..<capacity where slots[index] == nil {
        slots[index] = strdup(path)
        return index
      }
      return nil
    }
  }

  /// Forgets the path at `slot`.
  static func remove(_ slot: Int?) {
    guard let slot else { return }
    lock.withLock { _ in
      let path = slots[slot]
      slots[slot] = nil
      free(path)
    }
  }

  /// Handles `number` unless the parent has set it to be ignored, as nohup(1) does.
  private static func watch(_ number: Int32) {
    var old = sigaction()
    guard sigaction(number, nil, &old) == 0 else { return }
    let ignored = unsafeBitCast(old.__sigaction_handler.sa_handler, to: Int.self) == 1
    guard !ignored || number == SIGPIPE else { return }
    var new = sigaction()
    new.__sigaction_handler.sa_handler = { number in
      for index in 0..<PendingFiles.capacity {
        if let path = PendingFiles.slots[index] { unlink(path) }
      }
      // Folders, the inner ones of which were added last.
      for index in (0..<PendingFiles.capacity).reversed() {
        if let path = PendingFiles.slots[index] { rmdir(path) }
      }
      signal(number, SIG_DFL)
      raise(number)
    }
    _ = sigaction(number, &new, nil)
  }
}
