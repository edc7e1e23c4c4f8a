import Foundation
import TestSupport
import Testing
import TrainingRun

/// Real processes, really killed.
@Suite struct KilledRunTests {
  let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func loop(_ folder: String, steps: Int, pause: Int = 0) throws -> Process {
    let process = Process()
    process.executableURL = try ToolRun.products().appending(path: "run-loop")
    process.arguments = [scratch.path(folder), "\(steps)", "\(pause)"]
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  /// Waits until a process has ended; one that does not is killed.
  private func end(_ process: Process, within seconds: Double = 60) {
    let limit = Date().addingTimeInterval(seconds)
    while process.isRunning && Date() < limit { usleep(5000) }
    if process.isRunning {
      Issue.record("a process does not end")
      kill(process.processIdentifier, SIGKILL)
    }
    process.waitUntilExit()
  }

  /// Waits until the run in `folder` has saved `step`.
  private func wait(_ folder: String, for step: Int) throws {
    let limit = Date().addingTimeInterval(60)
    let checkpoints = CheckpointFolder(run: scratch.path(folder))
    while (checkpoints.steps().last ?? 0) < step {
      try #require(Date() < limit, "the run does not come to step \(step)")
      usleep(2000)
    }
  }

  @Test func aRunThatIsKilledAgainAndAgainEndsInTheSameBytes() throws {
    let steps = 24
    let whole = try loop("whole", steps: steps)
    end(whole)
    #expect(whole.terminationStatus == 0)
    var kills = 0
    for round in 1...8 {
      let process = try loop("killed", steps: steps)
      try wait("killed", for: 2 * round)
      // Anywhere in the step or the save that goes on now.
      usleep(UInt32.random(in: 0...6000))
      kill(process.processIdentifier, SIGKILL)
      end(process)
      if process.terminationReason == .uncaughtSignal { kills += 1 }
      #expect(throws: Never.self) {
        try CheckpointFolder(run: scratch.path("killed")).latest()
      }
    }
    #expect(kills > 3)
    let last = try loop("killed", steps: steps)
    end(last)
    #expect(last.terminationStatus == 0)
    let name = "checkpoints/step-00000\(steps).safetensors"
    #expect(try scratch.bytes("killed/" + name) == scratch.bytes("whole/" + name))
    let logs = try ["whole", "killed"].map { try RunLog.read(scratch.path($0)) }
    #expect(logs[0].map(\.step) == Array(1...steps))
    #expect(logs[1].map(\.losses) == logs[0].map(\.losses))
  }

  @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
  func aSignalLetsTheStepEndAndSaves(_ signal: Int32) throws {
    let process = try loop("run", steps: 300, pause: 100_000)
    try wait("run", for: 1)
    kill(process.processIdentifier, signal)
    end(process)
    #expect(process.terminationReason == .uncaughtSignal)
    #expect(process.terminationStatus == signal)
    let log = try RunLog.read(scratch.path("run"))
    let latest = try CheckpointFolder(run: scratch.path("run")).latest().checkpoint
    #expect(latest?.step == log.last?.step)
  }

  @Test func aSecondSignalEndsItAtOnce() throws {
    let process = try loop("run", steps: 300, pause: 3_000_000)
    // It listens as soon as it has its log.
    let limit = Date().addingTimeInterval(30)
    while !FileManager.default.fileExists(atPath: scratch.path("run/log.jsonl")) && Date() < limit {
      usleep(5000)
    }
    usleep(300_000)
    let began = Date()
    kill(process.processIdentifier, SIGTERM)
    usleep(100_000)
    #expect(process.isRunning)
    kill(process.processIdentifier, SIGTERM)
    end(process)
    #expect(process.terminationStatus == SIGTERM && Date().timeIntervalSince(began) < 2)
  }

  @Test func twoProcessesDoNotShareAFolder() throws {
    let first = try loop("run", steps: 300, pause: 20_000)
    try wait("run", for: 1)
    let second = try ToolRun("run-loop", [scratch.path("run"), "3", "0"], in: scratch)
    #expect(second.code == 73)
    #expect(second.errors.contains("in use by process \(first.processIdentifier)"))
    kill(first.processIdentifier, SIGKILL)
    end(first)
    let third = try ToolRun("run-loop", [scratch.path("run"), "3", "0"], in: scratch)
    #expect(third.code == 0, "a dead process has nothing")
  }
}
