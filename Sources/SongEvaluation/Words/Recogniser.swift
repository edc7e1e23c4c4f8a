import Diagnostics
@preconcurrency import Glibc

/// A recogniser of speech: a program of others that gets the path of a WAV file as its last argument
/// and prints words.
public struct Recogniser: Sendable {
  /// Hz, of the mono WAV file.
  public static let sampleRate = 16_000
  /// Most bytes that are taken of what it prints.
  static let mostBytes = 1 << 20

  /// A command line for `/bin/sh`.
  public let command: String
  /// Seconds after which it is ended.
  public let patience: Int

  public init(command: String, patience: Int = 600) {
    self.command = command
    self.patience = patience
  }

  /// Runs the command on the file at `path`.
  ///
  /// - Returns: What it printed on standard output.
  /// - Throws: ``RecogniserFailure``: 69 when it cannot be run, fails, or takes too long.
  ///
  /// Calls `posix_spawn(3)`.
  public func words(in path: String) throws(RecogniserFailure) -> String {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw failure("no pipe: \(systemMessage(errno))") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    let process = spawn(path, output: ends[1])
    close(ends[1])
    guard let process else { throw failure("it cannot be run: \(systemMessage(errno))") }
    let (bytes, isLate) = read(ends[0])
    if isLate || bytes.count >= Self.mostBytes { kill(process, SIGKILL) }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    if isLate { throw failure("it was ended after \(patience) s") }
    guard bytes.count < Self.mostBytes else { throw failure("it prints without end") }
    guard status == 0 else {
      let signal = status & 0x7F
      throw failure(signal == 0 ? "it exited with \(status >> 8 & 0xFF)" : "signal \(signal)")
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func failure(_ reason: String) -> RecogniserFailure {
    RecogniserFailure(
      .unavailable, "the recogniser '\(printable(command, limit: 200))' told nothing: \(reason)")
  }

  /// `sh -c 'COMMAND "$1"' sh PATH`.
  private func spawn(_ path: String, output: Int32) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    let texts: [String] = ["/bin/sh", "-c", command + " \"$1\"", "sh", path]
    var arguments: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) }
    defer { for argument in arguments { free(argument) } }
    arguments.append(nil)
    var process: pid_t = 0
    let code = posix_spawn(&process, "/bin/sh", &actions, nil, arguments, environ)
    errno = code
    return code == 0 ? process : nil
  }

  /// All that comes through a pipe, until it ends or ``patience`` does.
  private func read(_ descriptor: Int32) -> (bytes: [UInt8], isLate: Bool) {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    let end = now.tv_sec + patience
    while bytes.count < Self.mostBytes {
      clock_gettime(CLOCK_MONOTONIC, &now)
      guard now.tv_sec < end else { return (bytes, true) }
      var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let left = min((end - now.tv_sec) * 1000, 3_600_000)
      guard poll(&request, 1, Int32(left)) > 0 else { continue }
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return (bytes, false) }
      bytes += buffer[..<count]
    }
    return (bytes, false)
  }
}
