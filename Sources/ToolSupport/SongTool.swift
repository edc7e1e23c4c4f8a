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
public protocol SongTool: ToolCommand {
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
  ///   - subcommands: What a tool of several commands is made of.
  public static func tool(
    _ name: String, abstract: String, discussion: String = "", examples: [String] = [],
    subcommands: [any ParsableCommand.Type] = []
  ) -> CommandConfiguration {
    var text = discussion
    if !examples.isEmpty {
      if !text.isEmpty { text += "\n\n" }
      text += "EXAMPLES\n" + examples.map { "  $ " + $0 }.joined(separator: "\n")
    }
    return CommandConfiguration(
      commandName: name, abstract: abstract, discussion: text,
      version: "\(name) \(Version.string)", subcommands: subcommands)
  }
}

extension SongTool {
  public mutating func run() throws {
    let console = Console(tool: Self.toolName, quiet: common.quiet, verbose: common.verbose)
    do {
      try work(console)
    } catch let failure as any SongFailure {
      console.error(failure)
      throw ExitCode(failure.status.rawValue)
    }
  }
}
