import Testing
import ToolSupport

@Suite struct ProgressTests {
  private func report(
    done: Double, total: Double?, elapsed: Double, song: String = "walk"
  ) -> ProgressReport {
    ProgressReport(
      tool: "sg-mix", song: song, stage: "mix", done: done, total: total, elapsed: elapsed)
  }

  @Test func aLineForPeople() {
    #expect(
      report(done: 19.3, total: 31, elapsed: 6.25).line
        == "sg-mix: walk  mix 62 %  0:19 / 0:31  3.1 x real time  0:04 left")
    #expect(report(done: 0, total: nil, elapsed: 0).line == "sg-mix: walk  mix  0:00")
    #expect(report(done: 70, total: 31, elapsed: 70).line.contains("100 %"))
    #expect(!report(done: 0, total: 1, elapsed: 0, song: "a\u{1B}[2J").line.contains("\u{1B}"))
  }

  @Test func anObjectForPrograms() {
    #expect(
      report(done: 1, total: 4, elapsed: 2, song: "a\"\\\n").json
        == #"{"tool":"sg-mix","song":"a\"\\\u000a","stage":"mix","done":1.000,"total":4.000,"#
        + #""rate":0.500,"eta_s":6.000,"elapsed_s":2.000}"#)
    #expect(report(done: 0, total: nil, elapsed: 0).json.contains(#""total":null,"rate":null"#))
  }

  @Test func aLineOnlyOnATerminalAtTheEndOfAPipe() {
    func decide(
      _ form: ProgressForm, quiet: Bool = false, terminal: Bool = true, dumb: Bool = false,
      piped: Bool = false
    ) -> Progress.Shown {
      Progress.decide(form, quiet: quiet, terminal: terminal, dumb: dumb, piped: piped)
    }
    #expect(decide(.auto) == .statusLine)
    #expect(decide(.auto, quiet: true) == .nothing)
    #expect(decide(.auto, terminal: false) == .nothing)
    #expect(decide(.auto, dumb: true) == .nothing)
    #expect(decide(.auto, piped: true) == .nothing)
    #expect(decide(.plain, quiet: true, terminal: false, piped: true) == .lines)
    #expect(decide(.json, terminal: false, piped: true) == .json)
    #expect(decide(.none) == .nothing)
  }
}

@Suite struct FormattingTests {
  @Test func timesNumbersAndSizes() {
    #expect(minutes(31.9) == "0:31")
    #expect(minutes(3725) == "62:05")
    #expect(minutes(.nan) == "-:--")
    #expect(decimal(-14, places: 1) == "-14.0")
    #expect(decimal(-0.04, places: 1) == "0.0")
    #expect(decimal(1.999, places: 2) == "2.00")
    #expect(decimal(7.06, places: 2) == "7.06")
    #expect(decimal(-.infinity, places: 1) == "-inf")
    #expect(byteSize(999) == "999 B")
    #expect(byteSize(3_400_000_000) == "3.4 GB")
    #expect(byteSize(40_100) == "40 kB")
  }
}
