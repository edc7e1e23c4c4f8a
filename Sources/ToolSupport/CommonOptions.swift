public import ArgumentParser

/// The options that every tool has.
public struct CommonOptions: ParsableArguments {
  @Flag(name: .shortAndLong, help: "Print errors only.")
  public var quiet = false

  @Flag(name: .shortAndLong, help: "Print what is done on the way.")
  public var verbose = false

  @Option(
    help: ArgumentHelp(
      "How progress is shown on standard error.",
      discussion: "auto is one line, on a terminal, by the last tool of a pipe only.",
      valueName: "form"))
  public var progress = ProgressForm.auto

  public init() {}

  public mutating func validate() throws {
    if quiet && verbose {
      throw ValidationError("'--quiet' and '--verbose' exclude each other; remove one")
    }
  }
}

/// How progress is shown.
public enum ProgressForm: String, Sendable, CaseIterable, ExpressibleByArgument {
  /// One line, erased at the end, when standard error is a terminal and standard output no pipe.
  case auto
  /// A line now and then, for logs.
  case plain
  /// A JSON object per line, at least every two seconds, for programs.
  case json
  /// Nothing.
  case none
}
