import Foundation
import TestSupport
import Testing
import TextTokens

/// The official vocabulary of 151643 pieces, which lies packed in `Fixtures/qwen2`.
@Suite struct OfficialTokenizerTests {
  private struct Request: Decodable {
    let id: String
    let version: String
    let item: ConditionCase.Item
    let genType: String
  }

  private func data(_ name: String) throws -> Data {
    try Data(contentsOf: Fixtures.url("qwen2").appending(path: name))
  }

  /// A packed file.
  private func unpacked(_ name: String) throws -> [UInt8] {
    let gzip = Process()
    gzip.executableURL = URL(filePath: "/usr/bin/env")
    gzip.arguments = ["gzip", "-dc", Fixtures.url("qwen2").appending(path: name + ".gz").path]
    let pipe = Pipe()
    gzip.standardOutput = pipe
    try gzip.run()
    let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
    gzip.waitUntilExit()
    #expect(gzip.terminationStatus == 0)
    return [UInt8](bytes)
  }

  private func tokenizer() throws -> Tokenizer {
    try Tokenizer(
      vocabulary: unpacked("vocab.json"), merges: unpacked("merges.txt"),
      configuration: [UInt8](data("tokenizer_config.json")))
  }

  @Test func cases() throws {
    let base = try tokenizer()
    let cases = try TextFixtures.decoder().decode(
      TokenizerCases.self, from: data("tokenizer_cases.json"))
    let lyrics1 = try LyricsTokenizer(
      base: base, labels: TextFixtures.labels, version: .v1, maxLength: 300)
    let lyrics2 = try LyricsTokenizer(
      base: base, labels: TextFixtures.labels, version: .v2, maxLength: 600)
    let style1 = try StyleTokenizer(base: base, version: .v1, maxLength: 50)
    let style2 = try StyleTokenizer(base: base, version: .v2, maxLength: 100)
    #expect(lyrics1.tokenizer.rows == 151659 && lyrics2.tokenizer.rows == 151659)
    #expect(style1.tokenizer.rows == 151646 && style2.tokenizer.rows == 151652)
    #expect(cases.cases.count > 40)
    for example in cases.cases {
      #expect(lyrics1.tokenizer.encode(example.text) == example.lyricsV1, "\(example.text)")
      #expect(lyrics2.tokenizer.encode(example.text) == example.lyricsV2, "\(example.text)")
      #expect(style1.tokenizer.encode(example.text) == example.styleV1, "\(example.text)")
      #expect(style2.tokenizer.encode(example.text) == example.styleV2, "\(example.text)")
    }
  }

  @Test func conditionIDs() throws {
    let base = try tokenizer()
    let tensors = try IntegerTensors(data("official_ids.safetensors"))
    let requests = try TextFixtures.decoder().decode(
      [Request].self, from: data("official_ids.json"))
    #expect(requests.count == 8)
    for request in requests {
      let version = try #require(RequestVersion(rawValue: request.version))
      let text = LMText(
        lyrics: request.item.gtLyric, description: request.item.descriptions,
        accompanimentOnly: request.genType == "bgm", version: version)
      let lyrics = try LyricsTokenizer(
        base: base, labels: TextFixtures.labels, version: version,
        maxLength: version == .v1 ? 300 : 600
      ).rows(text)
      let style = try StyleTokenizer(
        base: base, version: version, maxLength: version == .v1 ? 50 : 100
      ).rows(text)
      #expect(lyrics.ids.flatMap(\.self) == tensors["\(request.id).lyrics_ids"])
      #expect(lyrics.structure.flatMap(\.self) == tensors["\(request.id).structure_ids"])
      #expect(style.ids.flatMap(\.self) == tensors["\(request.id).style_ids"])
    }
  }
}

/// The int32 tensors of a trusted safetensors file.
private struct IntegerTensors {
  private struct Entry: Decodable {
    let dtype: String
    let dataOffsets: [Int]
  }
  private let header: [String: Entry]
  private let data: Data

  init(_ file: Data) throws {
    let size = file.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    header = try TextFixtures.decoder().decode(
      [String: Entry].self, from: file.dropFirst(8).prefix(size))
    data = Data(file.dropFirst(8 + size))
  }

  subscript(name: String) -> [Int32]? {
    guard let entry = header[name], entry.dtype == "I32" else { return nil }
    return data[entry.dataOffsets[0]..<entry.dataOffsets[1]].withUnsafeBytes { bytes in
      stride(from: 0, to: bytes.count, by: 4).map {
        bytes.loadUnaligned(fromByteOffset: $0, as: Int32.self)
      }
    }
  }
}
