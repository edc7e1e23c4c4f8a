public import ArgumentParser
import Diagnostics
import Glibc

/// What can be the `@main` of a tool: a ``SongTool``, or the root of several.
public protocol ToolCommand: ParsableCommand {
  /// The name in messages: `sg-mix`.
  static var toolName: String { get }
}

extension ToolCommand {
  public static var toolName: String { configuration.commandName ?? "sg" }

  public static func main() {
    resetSignals()
    StandardDescriptors.reserve()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      conclude(error)
    }
  }

  /// Lets a closed pipe end the tool quietly, and signals end it at all, though the parent may have
  /// ignored the one and blocked the others, as threads of some libraries do.
  private static func resetSignals() {
    signal(SIGPIPE, SIG_DFL)
    // Swift's runtime would show a trace of the program and let it go on.
    var quit = sigaction()
    if sigaction(SIGQUIT, nil, &quit) == 0,
      unsafeBitCast(quit.__sigaction_handler.sa_handler, to: Int.self) != 1
    {
      signal(SIGQUIT, SIG_DFL)
    }
    var set = sigset_t()
    sigemptyset(&set)
    for number in [SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM] { sigaddset(&set, number) }
    sigprocmask(SIG_UNBLOCK, &set, nil)
  }

  /// Prints what is to be said of `error` and exits.
  private static func conclude(_ error: any Error) -> Never {
    if let code = error as? ExitCode { Glibc.exit(code.rawValue) }
    let code = exitCode(for: error)
    let console = Console(tool: toolName)
    if code.isSuccess {
      do throws(ToolFailure) {
        try StandardOutput().line(fullMessage(for: error))
      } catch {
        console.error(error)
        Glibc.exit(error.status.rawValue)
      }
      Glibc.exit(0)
    }
    var text = message(for: error)
    if text.hasSuffix(".") { text.removeLast() }
    if code == .validationFailure {
      console.error(
        ToolFailure(.usage, lowercasedFirst(text) + "\n  see '\(toolName) --help'"))
      Glibc.exit(ExitStatus.usage.rawValue)
    }
    console.error(ToolFailure(.software, "internal error: \(text)"))
    Glibc.exit(ExitStatus.software.rawValue)
  }
}
