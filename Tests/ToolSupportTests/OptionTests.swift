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
