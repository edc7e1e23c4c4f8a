import Neural
import Testing
import Weights

@Suite struct TensorFileTests {
  @Test func readsShapesNamesAndNumbers() throws {
    let file = try Safetensors.open(Safetensors.floats(["b": [2, 3], "a": [], "c": [0, 4]]))
    #expect(file.names == ["a", "b", "c"])
    #expect(file.view("b")?.shape == [2, 3])
    #expect(try file.array("b", shape: [2, 3]) == [0, 1, 2, 3, 4, 5])
    #expect(try file.array("a") == [0])
    #expect(try file.floats("c").count == 0)
    #expect(file.view("d") == nil)
  }

  @Test func convertsEveryFloatingType() throws {
    // 1.5, -2, the smallest subnormal, infinity
    let half: [UInt8] = [0x00, 0x3E, 0x00, 0xC0, 0x01, 0x00, 0x00, 0x7C]
    let brain: [UInt8] = [0xC0, 0x3F, 0x00, 0xC0]
    let double = withUnsafeBytes(of: (0.1).bitPattern.littleEndian, Array.init)
    let json = """
      {"__metadata__":{"format":"pt"},"h":{"dtype":"F16","shape":[4],"data_offsets":[0,8]},\
      "b":{"dtype":"BF16","shape":[2],"data_offsets":[8,12]},\
      "d":{"dtype":"F64","shape":[1],"data_offsets":[12,20]}}
      """
    let file = try Safetensors.open(Safetensors.file(json, data: half + brain + double))
    #expect(try file.array("h") == [1.5, -2, 0x1p-24, .infinity])
    #expect(try file.array("b") == [1.5, -2])
    #expect(try file.array("d") == [0.1])
    #expect(try file.doubles("d") == [0.1])
    #expect(file.metadata == ["format": "pt"])
    #expect(throws: WeightsFailure.self) { try file.integers("h") }
  }

  @Test func readsIntegers() throws {
    let json = """
      {"i":{"dtype":"I32","shape":[2],"data_offsets":[0,8]},\
      "u":{"dtype":"U8","shape":[2],"data_offsets":[8,10]},\
      "big":{"dtype":"U64","shape":[1],"data_offsets":[10,18]}}
      """
    let data: [UInt8] =
      [0xFF, 0xFF, 0xFF, 0xFF, 7, 0, 0, 0, 200, 1] + [UInt8](repeating: 255, count: 8)
    let file = try Safetensors.open(Safetensors.file(json, data: data))
    #expect(try file.integers("i", shape: [2]) == [-1, 7])
    #expect(try file.integers("u") == [200, 1])
    #expect(throws: WeightsFailure.self) { try file.integers("big") }
    #expect(throws: WeightsFailure.self) { try file.floats("i") }
  }

  @Test func saysWhatIsMissingOrHasAnotherShape() throws {
    let file = try Safetensors.open(Safetensors.floats(["a": [2]]))
    #expect(failure { _ = try file.floats("x") } == "test.safetensors: lacks tensor 'x'")
    #expect(
      failure { _ = try file.floats("a", shape: [3]) }
        == "test.safetensors: tensor 'a' has shape [2], expected [3]")
  }

  static let bad: [(String, String)] = [
    ("", "is too short"),
    ("{", "expected"),
    ("[]", "expected '{'"),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} x"#, "text after the end"),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{}}"#, "comes twice"),
    (#"{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, "comes twice"),
    (#"{"a":{"dtype":"F99","shape":[1],"data_offsets":[0,4]}}"#, "unknown dtype 'F99'"),
    (#"{"a":{"shape":[1],"data_offsets":[0,4]}}"#, "lacks dtype"),
    (#"{"a":{"dtype":"F32","shape":[1]}}"#, "lacks dtype"),
    (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, "its shape needs 8"),
    (#"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, "non-negative"),
    (#"{"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}"#, "expected ']'"),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, "does not lie inside"),
    (#"{"a":{"dtype":"F32","shape":[5],"data_offsets":[0,20]}}"#, "does not lie inside"),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}"#, "does not lie inside"),
    (#"{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}"#, "large"),
    (#"{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,0]}}"#, "out of range"),
    (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1}}"#, "unknown key"),
    (
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}"#,
      "overlaps"
    ),
    (
      #"{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],"data_offsets":[0,4]}}"#,
      "dimensions"
    ),
    (#"{"\ud800":{}}"#, "surrogate"),
    (#"{"\q":{}}"#, "escape"),
  ]

  @Test(arguments: bad)
  func refusesAMalformedHeader(_ json: String, _ expected: String) throws {
    let bytes = json.isEmpty ? [1, 2, 3] : Safetensors.file(json, data: [0, 0, 0, 0, 0, 0, 0, 0])
    let message = try #require(failure { _ = try Safetensors.open(bytes) })
    #expect(message.contains(expected), "\(message)")
  }

  @Test func refusesAHeaderLongerThanTheFile() throws {
    for length: UInt64 in [100, 1 << 40, .max] {
      let bytes = withUnsafeBytes(of: length.littleEndian, Array.init) + Array("{}".utf8)
      let message = try #require(failure { _ = try Safetensors.open(bytes) })
      #expect(message.contains("header claims \(length) bytes"))
    }
  }

  @Test func namesWithEscapesAndControlCharactersAreKeptAndPrintedSafely() throws {
    let json = #"{"a\u001b\ud83d\ude00":{"dtype":"I8","shape":[1],"data_offsets":[0,1]}}"#
    let file = try Safetensors.open(Safetensors.file(json, data: [5]))
    #expect(file.names == ["a\u{1B}😀"])
    let message = try #require(failure { _ = try file.floats("a\u{1B}😀") })
    #expect(!message.unicodeScalars.contains("\u{1B}"))
  }

  @Test func damagedFilesAreRefusedOrReadSafely() throws {
    let good = Safetensors.floats(["first": [3, 2], "second": [5], "third": [1, 1, 2]])
    for length in 0..<good.count {
      #expect(throws: WeightsFailure.self) { try Safetensors.open(Array(good.prefix(length))) }
    }
    var dice = Dice(1)
    var refused = 0
    for _ in 0..<4000 {
      var bytes = good
      for _ in 0...dice.roll(3) {
        let index = dice.roll(bytes.count)
        bytes[index] =
          dice.roll(2) == 0 ? bytes[index] ^ UInt8(1 << dice.roll(8)) : UInt8(dice.roll(256))
      }
      do {
        let file = try Safetensors.open(bytes)
        for name in file.names {
          let view = try file.require(name)
          #expect(view.bytes.count == view.shape.reduce(1, *) * view.type.size)
          _ = try? file.floats(name)
          _ = try? file.integers(name)
        }
      } catch {
        refused += 1
      }
    }
    #expect(refused > 1000)
    for _ in 0..<2000 {
      let noise = (0..<dice.roll(200)).map { _ in UInt8(dice.roll(256)) }
      _ = try? Safetensors.open(noise)
      _ = try? Safetensors.open(
        Safetensors.file(String(decoding: noise, as: UTF8.self), data: noise))
    }
  }
}
