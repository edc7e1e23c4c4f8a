import Foundation
import Lyrics
import TestSupport
import Testing

/// `Fixtures/lyrics/bad-requests.txt`: what is said about each request, to the letter.
@Suite struct BadRequestsTests {
  private struct Case: CustomTestStringConvertible, Sendable {
    var name = ""
    var flags: [String] = []
    var input: [[UInt8]] = []
    var findings: [String] = []
    var status = ""
    var testDescription: String { name }
  }

  private static func cases() throws -> [Case] {
    let text = try String(contentsOf: Fixtures.url("lyrics/bad-requests.txt"), encoding: .utf8)
    return text.split(separator: "\n\n").dropFirst().map { block in
      var result = Case()
      for line in block.split(separator: "\n") {
        let rest = String(line.dropFirst(2))
        switch line.prefix(1) {
        case "#": result.name = rest
        case "$": result.flags = rest.split(separator: " ").map(String.init)
        case "<": result.input.append(bytes(rest))
        case ">": result.findings.append(rest)
        default: result.status = rest
        }
      }
      return result
    }
  }

  /// `\xNN` is a byte.
  private static func bytes(_ text: String) -> [UInt8] {
    var result: [UInt8] = []
    var rest = text[...]
    while let match = rest.firstMatch(of: /\\x([0-9a-f]{2})/) {
      result += Array(rest[..<match.range.lowerBound].utf8)
      result.append(UInt8(match.1, radix: 16) ?? 0)
      rest = rest[match.range.upperBound...]
    }
    return result + Array(rest.utf8)
  }

  private func results(_ example: Case) -> [RequestChecker.Result] {
    var options = RequestChecker.Options()
    var flags = example.flags[...]
    while let flag = flags.popFirst() {
      switch flag {
      case "--fix": options.repairs = true
      case "--instrumental": options.generation = .accompaniment
      case "--id": options.id = flags.popFirst()
      case "--describe": options.description = flags.popFirst()
      default: Issue.record("flag \(flag)")
      }
    }
    var checker = RequestChecker(options)
    let all = Array(example.input.joined(separator: [UInt8(ascii: "\n")]))
    if InputForm(beginningOf: all) == .plain { return [checker.check(plain: all, id: "song")] }
    return example.input.enumerated().filter { !$0.element.isEmpty }.map {
      checker.check(line: $0.element, number: $0.offset + 1)
    }
  }

  @Test func table() throws {
    let cases = try Self.cases()
    #expect(cases.count >= 80)
    for example in cases {
      let results = results(example)
      let lines = results.flatMap(\.findings).map { finding in
        let place = finding.place.map { "\($0.line):\($0.column)" } ?? "command line"
        let repair = finding.isRepairable ? " (--fix repairs this)" : ""
        return "\(place): \(finding.severity): \(finding.message)\(repair)"
      }
      #expect(lines == example.findings, "\(example.name)")
      let isRefused = results.contains { $0.request == nil }
      #expect(isRefused == (example.status == "65"), "\(example.name)")
    }
  }
}
