import Foundation
import TestSupport
import Testing
import Weights

/// GGUF files: those of PyPI's `gguf`, and bad ones.
@Suite struct GGUFTests {
  /// Every type decodes to the very numbers that PyPI's `gguf` decodes it to.
  @Test func typesDecodeAsElsewhere() throws {
    let file = try TensorFile(path: Fixtures.url("gguf/types.gguf").path)
    let expected = try TensorFile(path: Fixtures.url("gguf/types.safetensors").path)
    let names = expected.names.filter { $0.hasPrefix("audiolm.") }
    #expect(Set(file.names) == Set(names))
    var types: Set<TensorType> = []
    for name in names {
      if let type = file.view(name)?.type { types.insert(type) }
      let shape = expected.shape(of: name)
      #expect(file.shape(of: name) == shape)
      let (found, wanted) = (try file.array(name), try expected.array(name))
      #expect(found.map(\.bitPattern) == wanted.map(\.bitPattern), "\(name)")
    }
    #expect(types == [.q40, .q41, .q50, .q51, .q80, .q4K, .q5K, .q6K, .f16, .f32])
    #expect(file.metadata["test.number"] == "0.5")
    #expect(file.metadata["test.flag"] == "true")
  }

  @Test func blocksAreRoundedAsElsewhere() throws {
    let expected = try TensorFile(path: Fixtures.url("gguf/types.safetensors").path)
    let source = try expected.array("q8_source")
    var bytes = [UInt8](repeating: 0, count: source.count / 32 * 34)
    let done = source.withUnsafeBufferPointer { source in
      bytes.withUnsafeMutableBytes { TensorEncoder.encode(source, as: .q80, into: $0) }
    }
    #expect(done)
    #expect(try expected.integers("q8_bytes") == bytes.map(Int.init))
  }

  @Test func smallerFloatsRoundToNearestEven() {
    let numbers: [Float] = [1, -2.5, 65504, 65520, 1e-7, 3e-8, 1.0009765, 1.00048828125, .infinity]
    var halves = [UInt16](repeating: 0, count: numbers.count)
    let done = numbers.withUnsafeBufferPointer { numbers in
      halves.withUnsafeMutableBytes { TensorEncoder.encode(numbers, as: .f16, into: $0) }
    }
    #expect(done)
    #expect(halves == numbers.map { Float16($0).bitPattern })
  }

  @Test func safetensorsHaveNoBlocks() {
    let file = Safetensors.file(
      "{\"a\":{\"dtype\":\"Q8_0\",\"shape\":[32],\"data_offsets\":[0,34]}}",
      data: [UInt8](repeating: 0, count: 34))
    #expect(failure { _ = try Safetensors.open(file) }?.contains("unknown dtype 'Q8_0'") == true)
  }

  // MARK: Hostile files

  /// A small good file: `header` with the tensors of a language model of one layer, as far as needed.
  private static func good() throws -> [UInt8] {
    let layout = try GGUFLayout(
      [
        ("general.architecture", .string("levo2")), ("levo2.main.block_count", .uint32(1)),
        ("levo2.detail.block_count", .uint32(1)), ("list", .int32s([1, 2, 3])),
        ("texts", .strings([[0x61], [], [0x62, 0x63]])),
      ],
      [
        TensorSpec(name: "bridge.0.weight", type: .f32, shape: [2, 3]),
        TensorSpec(name: "bridge.0.bias", type: .f16, shape: [4]),
        TensorSpec(name: "output.mixed", type: .q80, shape: [1, 64]),
      ])
    return layout.header + [UInt8](repeating: 7, count: layout.fileSize - layout.header.count)
  }

  private func open(_ bytes: [UInt8]) throws -> TensorFile {
    try TensorFile(MappedFile(name: "test.gguf", copying: bytes))
  }

  /// Uses everything that a file says.
  private func use(_ bytes: [UInt8]) {
    guard let file = try? open(bytes) else { return }
    for name in file.names { _ = try? file.array(name) }
    _ = try? file.embeddedConfig()
    for role in [ModelRole.tokenizer, .vaeConfig] { _ = try? file.embeddedFile(role, "vocab.json") }
  }

  @Test func aCutFileIsRefusedAtEveryLength() throws {
    let good = try Self.good()
    #expect(throws: Never.self) { try open(good) }
    // The last tensor's padding may be missing, nothing else.
    let end = good.count - (32 - 68 % 32)
    for length in 0..<end {
      #expect(throws: WeightsFailure.self) { try open(Array(good[..<length])) }
    }
  }

  @Test func flippedBytesDoNoHarm() throws {
    let good = try Self.good()
    var dice = Dice(3)
    for _ in 0..<20000 {
      var bytes = good
      for _ in 0...dice.roll(3) { bytes[dice.roll(bytes.count)] ^= UInt8(1 << dice.roll(8)) }
      use(bytes)
    }
    for _ in 0..<2000 {
      use(Array("GGUF".utf8) + [3, 0, 0, 0] + (0..<200).map { _ in UInt8(dice.roll(256)) })
    }
  }

  /// `bytes` with a little-endian number put at an offset.
  private func put(_ number: UInt64, at offset: Int, _ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    withUnsafeBytes(of: number.littleEndian) {
      bytes.replaceSubrange(offset..<offset + 8, with: $0)
    }
    return bytes
  }

  /// Where the field after a name begins.
  private func after(_ name: String, _ bytes: [UInt8]) throws -> Int {
    let pattern = Array(name.utf8)
    let start = try #require(
      (0..<bytes.count - pattern.count).first {
        bytes[$0..<$0 + pattern.count].elementsEqual(pattern)
      })
    return start + pattern.count
  }

  @Test func impossibleNumbersAreNamed() throws {
    let good = try Self.good()
    let list = try after("list", good)
    let texts = try after("texts", good)
    let weight = try after("bridge.0.weight", good)
    let bias = try after("bridge.0.bias", good)
    let cases: [(String, [UInt8])] = [
      ("tensors do not fit", put(1 << 63, at: 8, good)),
      ("keys do not fit", put(1 << 63, at: 16, good)),
      ("array elements do not fit", put(1 << 63, at: list + 8, good)),
      ("array elements do not fit", put(1 << 40, at: texts + 8, good)),
      ("bytes of text do not fit", put(1 << 63, at: texts + 16, good)),
      ("'bridge.0.weight' is impossibly large", put(1 << 63, at: weight + 4, good)),
      ("'bridge.0.weight' does not lie inside", put(1 << 40, at: weight + 4, good)),
      ("'bridge.0.weight' does not lie inside", put(1 << 62, at: weight + 24, good)),
      ("'bridge.0.weight' overlaps", put(0, at: weight + 24, put(0, at: bias + 16, good))),
      ("'bridge.0.weight' lies at 33", put(33, at: weight + 24, good)),
    ]
    for (expected, bytes) in cases {
      let text = failure { _ = try open(bytes) } ?? "no failure"
      #expect(text.contains(expected), "\(text)")
      #expect(text.contains("test.gguf"))
    }
    var typed = good
    typed[weight + 20] = 99
    #expect(failure { _ = try open(typed) }?.contains("has type 99") == true)
    var ranked = good
    ranked[weight] = 200
    #expect(failure { _ = try open(ranked) }?.contains("200 dimensions") == true)
    var version = good
    version[4] = 9
    #expect(failure { _ = try open(version) }?.contains("version 9") == true)
  }

  @Test func otherArchitecturesAreNamed() throws {
    let layout = try GGUFLayout([("general.architecture", .string("llama"))], [])
    #expect(failure { _ = try open(layout.header) }?.contains("is a GGUF file for 'llama'") == true)
  }

  @Test func rowsOfBlocksMustBeWhole() throws {
    #expect(throws: WeightsFailure.self) {
      try GGUFLayout([], [TensorSpec(name: "a", type: .q80, shape: [2, 33])])
    }
  }

  @Test func aConfigurationIsTheSameAfterYAML() throws {
    let value = ConfigValue.table([
      "a b": .string("x: 1"), "yes": .bool(true), "n": .number(5e5), "z": .null,
      "list": .list([.string("[verse]"), .integer(-3), .string("\"\\")]),
      "deep": .table(["er": .table(["key": .string("1e-4")])]), "none": .table([:]),
    ])
    let folder = try TemporaryFolder()
    try folder.write("config.yaml", value.yaml)
    let config = try ModelDirectory(path: folder.path).config
    #expect(config.root == value)
  }
}
