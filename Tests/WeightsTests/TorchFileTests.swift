import Foundation
import Testing
import Weights

@Suite struct TorchFileTests {
  /// A torch archive of f32 tensors with the given shapes, filled with 0, 1, 2, …
  static func archive(_ tensors: [(String, [Int])], under key: String? = nil) throws -> [UInt8] {
    let specs = tensors.map { TensorSpec(name: $0.0, type: .f32, shape: $0.1) }
    var writer = try TorchArchiveWriter(specs, under: key, into: ByteArray())
    for (_, shape) in tensors {
      let numbers = (0..<shape.reduce(1, *)).map { Float($0) }
      try numbers.withUnsafeBytes { try writer.write($0) }
      try writer.endTensor()
    }
    try writer.finish()
    return writer.sink.bytes
  }

  @Test(arguments: [nil, "state_dict"]) func readsWhatItWrites(key: String?) throws {
    let bytes = try Self.archive([("a", [2, 3]), ("b.c", []), ("e", [0, 7])], under: key)
    if let path = ProcessInfo.processInfo.environment["SG_KEEP"] {
      try Data(bytes).write(to: URL(filePath: path + (key ?? "plain")))
    }
    let file = try TensorFile(MappedFile(name: "x.pt", copying: bytes))
    #expect(file.format == .torch)
    #expect(file.names == ["a", "b.c", "e"])
    #expect(try file.array("a", shape: [2, 3]) == [0, 1, 2, 3, 4, 5])
    #expect(try file.array("b.c", shape: []) == [0])
    #expect(try file.array("e", shape: [0, 7]) == [])
  }

  @Test func everyCutIsRefused() throws {
    let bytes = try Self.archive([("a", [2, 3]), ("b", [5])])
    for length in 0..<bytes.count {
      let file = MappedFile(name: "x.pt", copying: bytes.prefix(length))
      #expect(failure { _ = try TensorFile(file) } != nil, "cut at \(length)")
    }
  }
}
