import FoundationEssentials
import LeLM
import Neural
import TestSupport
import Testing
import TextTokens
import Weights

/// A song that goes on after its own beginning is the song that was made in one go.
struct ContinuationTests {
  private let model: LanguageModel
  private let conditions: ConditionIDs

  init() throws {
    let directory = try ModelDirectory(path: Fixtures.url("lelm/base").path)
    let config = try LeLMConfig(directory.config)
    model = try LanguageModel(directory.tensors(.lm), config: config)
    let text = try TextConditions(directory, config: config, styleRows: model.styleRows)
    conditions = text.ids(
      LMText(
        lyrics: "[verse] one line. ; [outro-short]", description: "calm",
        accompanimentOnly: false, version: .v1), prompt: nil)
  }

  private func events(
    _ options: SamplingOptions, given: [[Int32]] = [[], [], []], frames: Int = 24
  ) throws -> [SongGenerator.Event] {
    let generator = SongGenerator(
      model: model, conditions: conditions, frames: frames, options: options, banned: [],
      uniforms: .seed(11), given: given, pool: ThreadPool(threads: 2))
    var events: [SongGenerator.Event] = []
    _ = try generator.run { events.append($0) }
    return events
  }

  private func rows(_ events: [SongGenerator.Event]) -> [[Int32]] {
    var rows: [[Int32]] = [[], [], []]
    for event in events {
      switch event {
      case .mixed(let token): rows[0].append(token)
      case .dual(let vocal, let accompaniment):
        rows[1].append(vocal)
        rows[2].append(accompaniment)
      }
    }
    return rows
  }

  /// Draws from all tokens in all rows, under a penalty that looks back beyond the cut.
  private static let wild = SamplingOptions(temperature: 1, topK: 0, penaltyWindow: 30)

  @Test(arguments: [wild, SamplingOptions(), SamplingOptions(greedy: true)])
  func aCutAnywhereIsHealed(_ options: SamplingOptions) throws {
    let whole = try events(options)
    let rows = rows(whole)
    let numbers = Philox(seed: 1, stream: 0)
    for trial in 0..<4 {
      func cut(_ row: Int) -> Int {
        Int(numbers.uniform(at: UInt64(trial * 3 + row)) * Double(rows[row].count + 1))
      }
      // As a killed run leaves them: the mixed row ahead, and a record of one row missing.
      let dual = cut(1)
      let given = [max(cut(0), dual), dual, max(0, dual - trial)]
      let again = try events(options, given: (0..<3).map { Array(rows[$0].prefix(given[$0])) })
      #expect(again == whole, "cut at \(given)")
    }
  }

  @Test func whatIsGivenIsKeptAndTheRestFollowsFromIt() throws {
    let whole = rows(try events(Self.wild))
    var other = whole.map { Array($0.prefix(10)) }
    other[0][9] = (other[0][9] + 1) % 256
    let changed = rows(try events(Self.wild, given: other))
    for row in 0..<3 { #expect(Array(changed[row].prefix(10)) == other[row]) }
    #expect(changed[0][10...] != whole[0][10...])
  }

  @Test func moreThanTheSongIsCutOff() throws {
    let whole = rows(try events(Self.wild))
    let short = rows(try events(Self.wild, given: whole, frames: 8))
    #expect(short == whole.map { Array($0.prefix(8)) })
  }
}
