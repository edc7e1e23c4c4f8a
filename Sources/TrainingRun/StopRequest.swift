import Glibc
import Synchronization

/// Whether somebody wants the process to end: `SIGTERM`, `SIGINT` (^C), or `SIGHUP` (the terminal is
/// gone).
///
/// The first signal is noted, so that a loop can finish its step and save; a second one does what it
/// did before ``listen()``: as a rule, ends the process at once. Signals that the parent has set to be
/// ignored, as nohup(1) does, stay ignored.
public enum StopRequest {
  private static let noted = Atomic<Int32>(0)
  private static let signals = [SIGTERM, SIGINT, SIGHUP]
  /// What was done on each of the signals before; plain memory, so that the handler may read it.
  nonisolated(unsafe) private static let before: UnsafeMutablePointer<sigaction> = {
    let memory = UnsafeMutablePointer<sigaction>.allocate(capacity: 65)
    memory.initialize(repeating: sigaction(), count: 65)
    return memory
  }()
  private static let listening: Void = {
    _ = (noted.load(ordering: .relaxed), before)
    for number in signals {
      guard sigaction(number, nil, before + Int(number)) == 0,
        unsafeBitCast(before[Int(number)].__sigaction_handler.sa_handler, to: Int.self) != 1
      else { continue }
      var new = sigaction()
      new.sa_flags = SA_RESTART
      new.__sigaction_handler.sa_handler = { number in
        StopRequest.noted.store(number, ordering: .relaxed)
        sigaction(number, StopRequest.before + Int(number), nil)
      }
      _ = sigaction(number, &new, nil)
    }
    // Whoever started the process may have blocked them, as threads of some libraries do.
    var set = sigset_t()
    sigemptyset(&set)
    for number in signals { sigaddset(&set, number) }
    sigprocmask(SIG_UNBLOCK, &set, nil)
  }()

  /// Begins to note the signals. Calls `sigaction(2)` and `sigprocmask(2)`.
  public static func listen() { _ = listening }

  /// The signal that came first; nil as long as none did.
  public static var signal: Int32? {
    let number = noted.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }

  /// Whether one came: ask after every step.
  public static var isMade: Bool { signal != nil }

  /// Ends the process by the signal that came, as if it had not been noted, so that who started it
  /// sees what it asked for: 128 and the signal's number in a shell. Without one, exits with 0.
  public static func leave() -> Never {
    guard let number = signal else { exit(0) }
    Glibc.signal(number, SIG_DFL)
    raise(number)
    exit(128 + number)
  }
}
