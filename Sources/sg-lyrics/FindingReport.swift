import Diagnostics
import Lyrics
import SongStream

/// Prints findings as compilers do, and counts them.
final class FindingReport {
  private var sink: FileDescriptorSink
  private let json: Bool
  private let quiet: Bool

  private(set) var requests = 0
  private(set) var errors = 0
  private var warnings = 0
  private var repaired = 0

  /// - Parameter quiet: leaves warnings out.
  init(descriptor: Int32, json: Bool, quiet: Bool) {
    sink = FileDescriptorSink(descriptor)
    self.json = json
    self.quiet = quiet
  }

  var findings: Int { errors + warnings + repaired }

  /// `2 errors, 1 warning in 9 requests`.
  var summary: String {
    var parts: [String] = []
    if errors > 0 { parts.append(Self.count(errors, "error")) }
    if warnings > 0 { parts.append(Self.count(warnings, "warning")) }
    if repaired > 0 { parts.append("\(repaired) repaired") }
    return (parts.isEmpty ? "no findings" : parts.joined(separator: ", ")) + " in "
      + Self.count(requests, "request")
  }

  func add(_ result: RequestChecker.Result, file: String) throws {
    requests += 1
    repaired += result.repaired
    for finding in result.findings {
      if finding.severity == .error { errors += 1 } else { warnings += 1 }
      if quiet && finding.severity == .warning { continue }
      let line = json ? Self.object(finding, result, file) : Self.line(finding, file)
      try Array(line.utf8).withUnsafeBytes { try sink.write($0) }
    }
  }

  /// `songs.jsonl:3:41: error: …`.
  static func line(_ finding: Finding, _ file: String) -> String {
    let place = finding.place.map { "\(printable(file)):\($0.line):\($0.column)" }
    let repair = finding.isRepairable ? " (--fix repairs this)" : ""
    return "\(place ?? "command line"): \(finding.severity): \(finding.message)\(repair)\n"
  }

  private static func object(
    _ finding: Finding, _ result: RequestChecker.Result, _ file: String
  ) -> String {
    var members: [String: JSONValue] = [
      "class": .string(finding.severity.rawValue), "rule": .string(finding.rule.rawValue),
      "message": .string(finding.message), "repairable": .bool(finding.isRepairable),
      "song": .string(result.id),
    ]
    if let place = finding.place {
      members["file"] = .string(file)
      members["line"] = .integer(Int64(place.line))
      members["column"] = .integer(Int64(place.column))
    }
    return String(decoding: JSONValue.object(members).encoded(), as: UTF8.self) + "\n"
  }

  private static func count(_ number: Int, _ what: String) -> String {
    "\(number) \(what)\(number == 1 ? "" : "s")"
  }
}
