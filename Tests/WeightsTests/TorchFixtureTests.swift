import Foundation
import TestSupport
import Testing
import Weights

/// Files that torch 2.15 wrote (`Tests/Fixtures/torch`).
@Suite struct TorchFixtureTests {
  private func path(_ name: String) -> String { Fixtures.url("torch/" + name).path }

  private func open(_ name: String) throws -> TensorFile { try TensorFile(path: path(name)) }

  @Test(arguments: ["types.pt", "types-legacy.pt"]) func everyType(name: String) throws {
    let file = try open(name)
    #expect(file.format == .torch)
    for type in ["float32", "float16", "bfloat16", "float64"] {
      #expect(try file.array(type, shape: [2, 3]) == [0, 1, 2, 3, 4, 5], "\(type)")
    }
    for type in ["int64", "int32", "int16", "uint8", "int8"] {
      #expect(try file.integers(type, shape: [2, 3]) == [0, 1, 2, 3, 4, 5], "\(type)")
    }
    #expect(try file.integers("bool", shape: [2, 3]) == [0, 1, 1, 1, 1, 1])
    #expect(file.names.count == 10)
  }

  @Test(arguments: ["nested.ckpt", "nested-legacy.ckpt"])
  func stateDictionaryUnderAKey(name: String) throws {
    let file = try open(name)
    #expect(
      Set(file.names) == [
        "0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var",
        "1.num_batches_tracked",
      ])
    #expect(try file.array("0.weight", shape: [3, 2]) == [0, 1, 2, 3, 4, 5])
    #expect(try file.array("0.bias") == [7, 7, 7])
    #expect(try file.integers("1.num_batches_tracked", shape: []) == [0])
    let root = try TorchFile(MappedFile(path: path(name), name: name)).root
    guard case .integer(3) = root["epoch"] else {
      Issue.record("epoch is \(String(describing: root["epoch"]))")
      return
    }
  }

  @Test func viewsOfOneStorage() throws {
    let file = try open("views.pt")
    #expect(try file.array("a", shape: [2, 3]) == [0, 1, 2, 3, 4, 5])
    #expect(try file.array("p", shape: [2]) == [6, 7])
    #expect(try file.array("t", shape: [3, 2]) == [12, 15, 13, 16, 14, 17])
    #expect(try file.array("skip", shape: [3]) == [18, 20, 22])
  }

  @Test func tiedWeightsAreTwoNames() throws {
    let file = try open("tied.pt")
    #expect(try file.array("a") == [0, 1, 2, 3])
    #expect(try file.array("b") == [0, 1, 2, 3])
  }

  @Test func unsignedTypesOfUntypedStorages() throws {
    #expect(try open("untyped.pt").integers("a", shape: [3]) == [0, 1, 2])
  }

  @Test func valuesOfAutomaticPrompts() throws {
    let file = try TorchFile(MappedFile(path: path("prompts.pt"), name: "prompts.pt"))
    #expect(file.root.entries?.map(\.key) == ["Pop", "R&B/Soul"])
    let tensors = file.root["R&B/Soul"]?["en"]?.items?.compactMap(\.tensor)
    #expect(tensors?.map(\.shape) == [[1, 3, 4], [1, 3, 4]])
    #expect(tensors?[1].integers() == Array(repeating: 11, count: 12))
    #expect(failure { _ = try open("prompts.pt") }?.contains("no dictionary of tensors") == true)
  }

  @Test(arguments: [
    ("evil.pt", "asks for 'posix.system'"), ("evil-legacy.pt", "asks for 'posix.system'"),
    ("overlap.pt", "two of its tensors overlap"), ("expanded.pt", "repeats elements"),
  ])
  func refused(name: String, reason: String) {
    #expect(failure { _ = try open(name) }?.contains(reason) == true)
  }

  /// Real files, cut at every byte and with every byte changed: an error or a value, never a trap.
  @Test(arguments: ["types.pt", "types-legacy.pt", "views.pt", "nested.ckpt", "prompts.pt"])
  func damage(name: String) throws {
    let bytes = try [UInt8](Data(contentsOf: Fixtures.url("torch/" + name)))
    for length in 0..<bytes.count {
      let file = MappedFile(name: name, copying: bytes.prefix(length))
      #expect(failure { _ = try TorchFile(file) } != nil, "cut at \(length)")
    }
    var dice = Dice(7)
    for position in bytes.indices {
      var changed = bytes
      changed[position] ^= UInt8(1 + dice.roll(255))
      let file = MappedFile(name: name, copying: changed)
      guard let torch = try? TorchFile(file) else { continue }
      for view in (try? torch.stateDictionary()) ?? [] {
        #expect(view.bytes.count == view.count * view.type.size)
      }
    }
  }
}
