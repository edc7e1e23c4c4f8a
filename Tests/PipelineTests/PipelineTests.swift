import Foundation
import TestSupport
import Testing

/// Every script of `Tests/Pipeline`, one after the other: each joins real processes by real pipes.
@Suite(.serialized) struct PipelineTests {
  @Test(arguments: try Script.all())
  func script(_ script: Script) throws {
    let result = try script.run()
    if !result.passed {
      Issue.record("\(script.name) ended with \(result.ending)\n\(result.output)")
    }
    for line in result.output.split(separator: "\n") where line.hasPrefix("skipped: ") {
      print("\(script.name): \(line)")
    }
  }

  // A renamed folder must not make the suite pass for want of scripts.
  @Test func scriptsAreFound() throws {
    #expect(try Script.all().count >= 10)
  }
}
