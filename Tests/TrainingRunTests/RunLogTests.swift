import Foundation
import Neural
import SongStream
import TestSupport
import Testing
import TrainingRun

@Suite struct RunLogTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func run() throws -> RunFolder {
    try RunFolder(scratch.path("run"), settings: ["a": 1], opening: .either)
  }

  private func entry(_ step: Int, _ loss: Double = 1) -> RunLogEntry {
    RunLogEntry(
      step: step, losses: ["mixed": loss], learningRate: 0.0012, gradientNorm: 12.345, tokens: 640,
      extra: ["batch": 16])
  }

  @Test func whatIsWrittenIsRead() throws {
    let log = try run().log()
    let written = [try log.append(entry(1)), try log.append(entry(2, 0.5))]
    let read = try RunLog.read(scratch.path("run"))
    #expect(read.map(\.json) == written.map(\.json))
    #expect(read.map(\.step) == [1, 2] && read[1].losses == ["mixed": 0.5])
    #expect(read[1].extra == ["batch": 16] && (read[1].tokensPerSecond ?? 0) > 0)
    #expect(try RunLog.read(scratch.path("run/log.jsonl")).count == 2)
  }

  @Test func aLossThatIsNoNumberStaysVisible() throws {
    try run().log().append(entry(1, .nan))
    #expect(try RunLog.read(scratch.path("run"))[0].losses["mixed"]?.isNaN == true)
  }

  @Test func stepsThatAreDoneAgainStandOnce() throws {
    do {
      let own = try run()
      let log = try own.log()
      for step in 1...4 {
        try log.append(entry(step))
        if step == 2 { try own.save(step: 2, state: .null, tensors: []) }
      }
    }
    let torn = try scratch.bytes("run/log.jsonl") + Array("{\"step\":5,\"lo".utf8)
    try scratch.write(torn, to: "run/log.jsonl")
    let own = try run()
    _ = try own.resume()
    let log = try own.log()
    try log.append(entry(3, 7))
    let read = try RunLog.read(scratch.path("run"))
    #expect(read.map(\.step) == [1, 2, 3] && read[2].losses["mixed"] == 7)
    let seconds = read.compactMap(\.seconds)
    #expect(seconds.count == 3 && seconds == seconds.sorted(), "the clock goes on")
  }

  @Test func otherLinesArePassedOver() throws {
    let text = """
      {"step":1,"loss":{"a":2}}
      not JSON
      {"loss":{}}
      {"step":-1,"loss":{}}
      [\(String(repeating: "[", count: 9000))
      {"step":2,"loss":{"a":"x"}}
      {"step":3,"loss":{"a":1}
      """
    let path = try scratch.write(Array((text + "\n").utf8), to: "log.jsonl")
    #expect(try RunLog.read(path).map(\.step) == [1, 2])
    #expect(throws: RunFailure.self) { try RunLog.read(scratch.path("none")) }
    #expect(throws: RunFailure.self) { try RunLog.read("/dev/zero") }
  }

  @Test(arguments: [
    (1.23456, "1.235"), (0.00123456, "0.001235"), (12345.6, "12350"), (9.99996, "10"), (0, "0"),
    (1e-12, "1e-12"), (-0.5, "-0.5"), (.infinity, "inf"),
  ])
  func aLineIsShort(_ loss: Double, _ shown: String) {
    let line = RunLogEntry(step: 7, losses: ["b": loss, "a": 1], learningRate: 0.001).line(of: 90)
    #expect(line == "step 7 of 90  a 1  b \(shown)  rate 0.001")
  }
}
