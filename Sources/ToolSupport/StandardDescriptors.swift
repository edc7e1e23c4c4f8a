import Glibc

/// The descriptors 0, 1 and 2, which a parent may have closed.
enum StandardDescriptors {
  /// Fills closed ones, so that no file opened later gets such a number and is taken for a standard
  /// stream. What fills them fails when it is used: it cannot be read, or not be written.
  ///
  /// Calls `fcntl(2)` and `open(2)`.
  static func reserve() {
    for number in STDIN_FILENO...STDERR_FILENO where fcntl(number, F_GETFD) == -1 {
      _ = open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  /// Whether `number` is open the way that its use needs.
  static func isUsable(_ number: Int32) -> Bool {
    let flags = fcntl(number, F_GETFL)
    let wrong = number == STDIN_FILENO ? O_WRONLY : O_RDONLY
    return flags != -1 && flags & O_ACCMODE != wrong
  }
}
