import Glibc
import Synchronization

/// How far a tool is with a song, shown on standard error as `--progress` says.
///
/// A background thread repeats the last state every second, so that nothing looks hung while one
/// step takes long. Give ``update(song:stage:done:total:)`` seconds of audio: then the rate is the
/// multiple of real time.
public final class Progress: Sendable {
  /// The way it is shown, after `auto` is decided.
  package enum Shown: Sendable { case statusLine, lines, json, nothing }

  private struct State {
    var song = ""
    var stage = ""
    var done = 0.0
    var total: Double?
    var began = 0.0
    var printed = -Double.infinity
    var active = false
    var ended = false
  }

  private let console: Console
  private let shown: Shown
  private let state = Mutex(State())

  /// Progress in the given form; with `quiet`, `auto` shows nothing.
  public init(_ form: ProgressForm, console: Console) {
    self.console = console
    shown = Progress.decide(
      form, quiet: console.quiet, terminal: Descriptor.isTerminal(STDERR_FILENO),
      dumb: Environment["TERM"] == "dumb" || Environment["TERM"] == nil,
      piped: Descriptor.kind(STDOUT_FILENO) == S_IFIFO)
    if shown != .nothing { heartbeat() }
  }

  deinit { end() }

  package static func decide(
    _ form: ProgressForm, quiet: Bool, terminal: Bool, dumb: Bool, piped: Bool
  ) -> Shown {
    switch form {
    case .auto: quiet || !terminal || dumb || piped ? .nothing : .statusLine
    case .plain: .lines
    case .json: .json
    case .none: .nothing
    }
  }

  /// Tells that `done` of `total` seconds of audio of `song` are through `stage`.
  ///
  /// A new song or stage starts the clock anew.
  public func update(song: String, stage: String, done: Double, total: Double?) {
    guard shown != .nothing else { return }
    state.withLock { state in
      let now = Progress.now()
      if !state.active || state.song != song || state.stage != stage {
        state = State(song: song, stage: stage, began: now, ended: state.ended)
        state.active = true
      }
      state.done = done
      state.total = total
      let wait = shown == .statusLine ? 0.1 : 1.9
      if now - state.printed >= wait { show(&state, now) }
    }
  }

  /// Ends the song: its last state is told to programs, and the line on a terminal erased.
  public func finish() {
    state.withLock { state in
      guard state.active else { return }
      if shown == .json { show(&state, Progress.now()) }
      if shown == .statusLine { console.status("") }
      state.active = false
    }
  }

  /// Ends the display for good.
  func end() {
    finish()
    state.withLock { $0.ended = true }
  }

  private func show(_ state: inout State, _ now: Double) {
    state.printed = now
    let report = ProgressReport(
      tool: console.tool, song: state.song, stage: state.stage, done: state.done,
      total: state.total, elapsed: now - state.began)
    switch shown {
    case .statusLine: console.status(report.line)
    case .lines: console.line(report.line + "\n")
    case .json: console.line(report.json + "\n")
    case .nothing: break
    }
  }

  /// Shows the state again when no update came for a while; true when the display has ended.
  private func beat() -> Bool {
    state.withLock { state in
      let now = Progress.now()
      if state.active && now - state.printed >= (shown == .statusLine ? 0.9 : 1.9) {
        show(&state, now)
      }
      return state.ended
    }
  }

  /// Starts the thread that repeats the state; it ends soon after the display.
  private func heartbeat() {
    final class Weak: Sendable {
      let progress: @Sendable () -> Bool
      init(_ progress: @escaping @Sendable () -> Bool) { self.progress = progress }
    }
    let box = Weak { [weak self] in self?.beat() ?? true }
    var thread = pthread_t()
    let context = Unmanaged.passRetained(box).toOpaque()
    let failed = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        let box = Unmanaged<Weak>.fromOpaque(context).takeRetainedValue()
        repeat { usleep(500_000) } while !box.progress()
        return nil
      }, context)
    if failed == 0 {
      pthread_detach(thread)
    } else {
      Unmanaged<Weak>.fromOpaque(context).release()
    }
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
