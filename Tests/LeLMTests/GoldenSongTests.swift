import FoundationEssentials
import LeLM
import Neural
import TestSupport
import Testing
import TextTokens
import Weights

/// A small random model whose songs the reference generated.
struct GoldenSongTests {
  private let model: LanguageModel
  private let text: TextConditions
  private let directory: ModelDirectory

  init() throws {
    directory = try ModelDirectory(path: Fixtures.url("lelm/base").path)
    let config = try LeLMConfig(directory.config)
    model = try LanguageModel(directory.tensors(.lm), config: config)
    text = try TextConditions(directory, config: config, styleRows: model.styleRows)
  }

  private func events(
    frames: Int, threads: Int, seed: UInt64
  ) throws -> ([SongGenerator.Event], SongGenerator.Ending) {
    let content = LMText(
      lyrics: "[verse] one line. ; [outro-short]", description: "calm",
      accompanimentOnly: false, version: .v1)
    let generator = SongGenerator(
      model: model, conditions: text.ids(content, prompt: nil), frames: frames,
      options: SamplingOptions(), banned: [], uniforms: .seed(seed),
      pool: ThreadPool(threads: threads))
    var events: [SongGenerator.Event] = []
    let ending = try generator.run { events.append($0) }
    return (events, ending)
  }

  @Test func configurationIsReadFromTheFile() {
    #expect(model.config.prefixLength == 602)
    #expect(model.config.promptFrames == 250)
    #expect(model.config.delays == [0, 250, 250])
    #expect(model.config.maxFrames == 3750)
    #expect(model.config.endToken == 256)
  }

  @Test func threadsChangeNoTokenAndSeedsDo() throws {
    let one = try events(frames: 20, threads: 1, seed: 5).0
    let three = try events(frames: 20, threads: 3, seed: 5).0
    let other = try events(frames: 20, threads: 1, seed: 6).0
    #expect(three == one)
    #expect(other != one)
  }

  @Test func mixedFramesComeAheadOfDualFrames() throws {
    let (events, ending) = try events(frames: 30, threads: 2, seed: 1)
    let firstDual = events.firstIndex { if case .dual = $0 { true } else { false } }
    // All 30 mixed frames fit into the delay of 250 columns.
    #expect(firstDual == 30)
    #expect(events.count == 60)
    #expect(ending.frames == 30 && !ending.endTokenSeen)
  }

  @Test func aMissingTensorIsNamed() throws {
    let other = try ModelDirectory(path: Fixtures.url("lelm/v2").path)
    let config = try LeLMConfig(other.config)
    let failure = #expect(throws: LeLMError.self) {
      try LanguageModel(directory.tensors(.lm), config: config)
    }
    #expect(
      failure?.description.contains("EOT_emb") == true
        || failure?.description.contains("output_proj") == true)
  }

  @Test func anIdWithoutARowIsRefused() throws {
    let content = LMText(
      lyrics: "[verse] a", description: nil, accompanimentOnly: false, version: .v1)
    var ids = text.ids(content, prompt: nil)
    ids.lyrics[0][3] = 1_000_000
    let generator = SongGenerator(
      model: model, conditions: ids, frames: 4, options: SamplingOptions(), banned: [],
      uniforms: .seed(0), pool: ThreadPool(threads: 1))
    #expect(throws: LeLMError.self) { try generator.run { _ in } }
  }

  @Test func promptColumns() throws {
    let short = try PromptTokens(rows: [[1, 2], [257, 3], [5, 6]])
    let columns = PromptTokens.columns(short, codeSize: 256, frames: 4)
    #expect(columns[0][0] == [256, 1, 2, 257, 257])
    // A row that begins with the special token is special throughout.
    #expect(columns[0][1] == [257, 257, 257, 257, 257])
    #expect(columns[1].allSatisfy { $0 == [257, 257, 257, 257, 257] })
    #expect(throws: LeLMError.self) { try PromptTokens(rows: [[1], [2]]) }
    #expect(throws: LeLMError.self) { try PromptTokens(rows: [[1], [2], [3, 4]]) }
  }
}
