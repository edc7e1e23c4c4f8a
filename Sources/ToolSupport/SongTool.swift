public import ArgumentParser
import Diagnostics
import Glibc

/// A tool of the chain: flags, and work that may fail in words.
///
///     @main struct Example: SongTool {
///       static let configuration = CommandConfiguration.tool("sg-example", abstract: "…")
///       @OptionGroup var common: CommonOptions
///       mutating func work(_ console: Console) throws { … }
///     }
///
/// A `SongFailure` thrown by ``work(_:)`` is printed as one line and its status is the exit code.
/// Wrong usage exits 64 and names the flag.
public protocol SongTool: ParsableCommand {
  /// Declared as `@OptionGroup var common: CommonOptions`.
  var common: CommonOptions { get }

  /// Does the work. Messages go to `console`, results to standard output or files.
  mutating func work(_ console: Console) throws
}

extension CommandConfiguration {
  /// The configuration of a tool: its name, `--version`, and examples at the end of `--help`.
  ///
  /// - Parameters:
  ///   - discussion: A paragraph on what it reads and writes.
  ///   - examples: Command lines, each with `$ ` before it in the help.
  public static func tool(
    _ name: String, abstract: String, discussion: String = "", examples: [String] = []
  ) -> CommandConfiguration {
    var text = discussion
    if !examples.isEmpty {
      if !text.isEmpty { text += "\n\n" }
      text += "EXAMPLES\n" + examples.map { "  $ " + $0 }.joined(separator: "\n")
    }
    return CommandConfiguration(
      commandName: name, abstract: abstract, discussion: text,
      version: "\(name) \(Version.string)")
  }
}

extension SongTool {
  /// The name in messages: `sg-mix`.
  public static var toolName: String { configuration.commandName ?? "sg" }

  public mutating func run() throws {
    let console = Console(tool: Self.toolName, quiet: common.quiet, verbose: common.verbose)
    do {
      try work(console)
    } catch let failure as any SongFailure {
      console.error(failure)
      throw ExitCode(failure.status.rawValue)
    }
  }

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
