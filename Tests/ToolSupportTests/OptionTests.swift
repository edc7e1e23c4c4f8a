import ArgumentParser
import Diagnostics
import Testing
import ToolSupport

@Suite struct OptionTests {
  @Test func theDefaults() throws {
    let common = try CommonOptions.parse([])
    #expect(!common.quiet && !common.verbose && common.progress == .auto)
    #expect(try ThreadOptions.parse([]).threads == nil)
    #expect(try ModelOptions.parse([]).model == nil)
    let drawn = try SeedOptions.parse([]).resolved()
    #expect(drawn.isDrawn && drawn.seed < 1_000_000_000)
  }

  @Test func aGivenSeedIsKept() throws {
    let seed = try SeedOptions.parse(["--seed", "9223372036854775807"]).resolved()
    #expect(seed.seed == 9_223_372_036_854_775_807 && !seed.isDrawn)
    let own = try SeedOptions.parse([]).resolved(17)
    #expect(own.seed == 17 && !own.isDrawn)
  }

  @Test(arguments: [["--threads", "0"], ["--threads", "257"], ["--threads", "-1"]])
  func refusesThreads(arguments: [String]) {
    #expect(throws: (any Error).self) { try ThreadOptions.parse(arguments) }
  }

  @Test(arguments: [["--seed", "9223372036854775808"], ["--seed", "-1"], ["--seed", "1.5"]])
  func refusesSeeds(arguments: [String]) {
    #expect(throws: (any Error).self) { try SeedOptions.parse(arguments) }
  }

  @Test(arguments: [["-q", "-v"], ["--progress", "loud"]])
  func refusesCommonOptions(arguments: [String]) {
    #expect(throws: (any Error).self) { try CommonOptions.parse(arguments) }
  }

  @Test func aBatchEndsWithItsFirstFailure() throws {
    var batch = BatchFailures()
    try batch.conclude()
    let console = Console(tool: "test", quiet: true)
    batch.record(ToolFailure(.data, "this line belongs to a test"), song: "a", on: console)
    batch.record(ToolFailure(.inputOutput, "this line belongs to a test"), song: nil, on: console)
    #expect(batch.count == 2)
    let code = #expect(throws: ExitCode.self) { try batch.conclude() }
    #expect(code?.rawValue == 65)
  }
}

@Suite struct ResourceTests {
  @Test(arguments: [
    ("123", 123), ("800M", 800_000_000), ("4G", 4_000_000_000), ("1.5GiB", 1_610_612_736),
    ("2kB", 2000), ("1Ki", 1024), ("3t", 3_000_000_000_000),
  ])
  func sizes(text: String, bytes: Int) {
    #expect(MemorySize(argument: text)?.bytes == bytes)
  }

  @Test(arguments: [
    "", "G", "0", "-1", "-1G", "1e9", "nan", "inf", "0x10", "4X", "4GG", "1.2.3", "99999999999T",
    "i", "4iB", "0.1",
  ])
  func noSizes(text: String) {
    #expect(MemorySize(argument: text) == nil)
  }

  @Test func aRefusalNamesWhatWouldDo() throws {
    let options = try ResourceOptions.parse(["--max-mem", "2G"])
    try options.admit(bytes: 2_000_000_000)
    let failure = #expect(throws: ToolFailure.self) { try options.admit(bytes: 3_200_000_001) }
    #expect(failure?.status == .unavailable)
    #expect(failure?.description.contains("--max-mem 3201M") == true)
    #expect(MemorySize(argument: "3201M").map { $0.bytes >= 3_200_000_001 } == true)
    try ResourceOptions.parse([]).admit(bytes: .max)
  }

  @Test func anEstimateIsOneLine() {
    let line = ResourceEstimate(seconds: 95.25, bytes: 3_120_000_000).line(song: "a\nb")
    #expect(line.hasSuffix("\t95.3\t3120000000") && !line.contains("\n"))
  }
}
