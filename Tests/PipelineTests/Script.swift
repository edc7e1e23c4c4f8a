import Foundation
import TestSupport
import Testing

/// A script `Tests/Pipeline/NN-name.sh`.
///
/// It runs in bash under `set -euo pipefail` in a fresh directory, after `lib.sh`, with
/// - `PATH` beginning with the tools just built and `Sources/sg-generate`,
/// - `FIXTURES` (`Tests/Fixtures`), `REPO` (the checkout) and `PIPELINE` (`Tests/Pipeline`),
/// - a `HOME` of its own and none of the variables that the tools read,
/// - the signal handling of a login shell, whatever the test process does with signals.
struct Script: Sendable, CustomTestStringConvertible {
  let url: URL

  var name: String { url.lastPathComponent }
  var testDescription: String { name }

  /// Seconds after which a script is killed: a guard against waiting for ever, not a measure.
  private static let timeLimit = 300

  /// The scripts in the order of their numbers.
  static func all() throws -> [Script] {
    let folder = Fixtures.repository.appending(path: "Tests/Pipeline")
    return try FileManager.default
      .contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.lastPathComponent.wholeMatch(of: /[0-9]{2}-[a-z0-9-]+\.sh/) != nil }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
      .map(Script.init)
  }

  /// What came of a script.
  struct Result {
    let status: Int32
    let reason: Process.TerminationReason
    /// Standard output and standard error, as they were mixed.
    let output: String

    var passed: Bool { reason == .exit && status == 0 }

    var ending: String {
      if reason == .uncaughtSignal { return "signal \(status)" }
      return status == 124 || status == 137 ? "a time-out" : "status \(status)"
    }
  }

  /// Runs the script to its end.
  func run() throws -> Result {
    let scratch = try Scratch()
    let work = scratch.url.appending(path: "work")
    try FileManager.default.createDirectory(at: work, withIntermediateDirectories: false)
    let log = scratch.url.appending(path: "log")
    try Data().write(to: log)
    let handle = try FileHandle(forWritingTo: log)

    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    // timeout(1) makes a process group and ends all of it, so that no tool outlives its script.
    process.arguments = [
      "--default-signal",
      "timeout", "--kill-after=5", String(Self.timeLimit),
      "bash", "-c", "set -euo pipefail; source \"$PIPELINE/lib.sh\"; source \"$1\"", "bash",
      url.path,
    ]
    process.environment = try environment(home: scratch.url)
    process.currentDirectoryURL = work
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = handle
    process.standardError = handle
    try process.run()
    process.waitUntilExit()
    try handle.close()
    return Result(
      status: process.terminationStatus, reason: process.terminationReason,
      output: String(decoding: try Data(contentsOf: log), as: UTF8.self))
  }

  private func environment(home: URL) throws -> [String: String] {
    let inherited = ProcessInfo.processInfo.environment
    let itself = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let products = URL(filePath: itself).deletingLastPathComponent().path
    return [
      "PATH": products + ":" + Fixtures.repository.path + "/Sources/sg-generate:"
        + (inherited["PATH"] ?? "/usr/bin:/bin"),
      "PRODUCTS": products,
      "FIXTURES": Fixtures.url("").path,
      "REPO": Fixtures.repository.path,
      "PIPELINE": url.deletingLastPathComponent().path,
      "HOME": home.path,
      "TMPDIR": home.path,
      "LC_ALL": "C.UTF-8",
      "PYTHONDONTWRITEBYTECODE": "1",
    ]
  }
}
