import Diagnostics
import Foundation
import PromptLibrary
import SongStream
import TestSupport
import Testing
import TokenEditing
import Weights

struct PromptTableTests {
  private let bytes: [UInt8]

  init() throws {
    bytes = [UInt8](try Data(contentsOf: Fixtures.url("prompts/auto_prompt.pt")))
  }

  private func table(_ bytes: [UInt8], vocab: Int = 16384) throws -> PromptTable {
    try PromptTable(MappedFile(name: "table.pt", copying: bytes), vocab: vocab)
  }

  @Test func tokensAreThoseThatTorchSaved() throws {
    struct Table: Decodable {
      let pop: [[Int]]
      enum CodingKeys: String, CodingKey { case pop = "R&B/Soul" }
      init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        pop = try values.decode([String: [[[Int]]]].self, forKey: .pop)["en"]?.first ?? []
      }
    }
    let expected = try JSONDecoder().decode(
      Table.self, from: Data(contentsOf: Fixtures.url("prompts/auto_prompt.json")))
    let prompt = try table(bytes).prompt(
      style: PromptStyle("R&B/Soul"), language: "en", seed: 1)
    #expect(try prompt.tracks.rows()?.map { $0.map(Int.init) } == expected.pop)
    #expect(prompt.name == "R&B/Soul/en/0")
  }

  @Test func theSeedChoosesAmongAll() throws {
    let table = try table(bytes)
    let chosen = try (0..<40).map {
      try table.prompt(style: PromptStyle("Pop"), language: "en", seed: $0).name
    }
    #expect(Set(chosen) == ["Pop/en/0", "Pop/en/1", "Pop/en/2"])
  }

  @Test func whatIsNotThereIsRefused() throws {
    let whole = try table(bytes)
    #expect(throws: PromptLibraryFailure.self) {
      try whole.prompt(style: PromptStyle("Jazz"), language: "en", seed: 1)
    }
    #expect(throws: PromptLibraryFailure.self) {
      try whole.prompt(style: PromptStyle("Pop"), language: "fr", seed: 1)
    }
    // Tokens of a larger vocabulary than the model has.
    #expect(throws: PromptLibraryFailure.self) {
      try table(bytes, vocab: 100).prompt(style: PromptStyle("Pop"), language: "zh", seed: 1)
    }
  }

  @Test func damageIsRefusedOrHarmless() throws {
    for cut in stride(from: 0, to: bytes.count, by: 997) {
      _ = try? table(Array(bytes[..<cut])).prompt(style: .any, language: "en", seed: 0)
    }
    #expect(throws: (any Error).self) { try table(Array(bytes[..<(bytes.count / 2)])) }
    for place in stride(from: 0, to: bytes.count, by: 61) {
      var flipped = bytes
      flipped[place] ^= 1 << (place % 8)
      guard let prompt = try? table(flipped).prompt(style: .any, language: "en", seed: 0) else {
        continue
      }
      #expect(try prompt.tracks.rows()?.allSatisfy { $0.allSatisfy { $0 < 16384 } } == true)
    }
  }
}
