import Diagnostics
import Foundation
import ModelImport
import Neural
import TestSupport
import Testing
import Weights

/// Inventories and made-up models against the names and shapes that the reference's modules have at
/// the official sizes (`official/tensors.tsv`: parts, name, shape).
@Suite struct OfficialTensorsTests {
  /// The tensors of a part by name.
  private struct Shapes: TensorSource {
    var shapes: [String: [Int]] = [:]

    var title: String { "official" }

    init(_ role: ModelRole) throws {
      let text = try String(contentsOf: Fixtures.url("official/tensors.tsv"), encoding: .utf8)
      for line in text.split(separator: "\n") {
        let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
        guard fields[0].split(separator: ",").contains(Substring(role.rawValue)) else { continue }
        shapes[String(fields[1])] = fields[2].split(separator: ",").compactMap { Int($0) }
      }
    }

    func shape(of name: String) -> [Int]? { shapes[name] }

    func tensor(_ name: String, shape: [Int]) throws(WeightsFailure) -> FloatTensor {
      throw WeightsFailure(.software, "there are only shapes")
    }
  }

  /// What ends a file after its header.
  private struct Enough: Error {}

  /// Takes the header of a file, and no tensor.
  private struct HeaderSink: ByteSink {
    var header: [UInt8] = []

    mutating func write(_ bytes: UnsafeRawBufferPointer) throws {
      guard header.isEmpty else { throw Enough() }
      header = Array(bytes)
    }
  }

  private struct Entry: Decodable {
    var shape: [Int]
  }

  /// The shapes in the file that a model of random weights with the sizes of base has.
  private func fake(_ part: FakeModel.Part, _ path: String) throws -> [String: [Int]] {
    let files = try FakeModel(.base, seed: 1, format: .safetensors, parts: [part]).files()
    let file = try #require(files.first { $0.path == path })
    var sink = HeaderSink()
    do { try file.write(to: &sink) } catch is Enough {}
    let tensors = try JSONDecoder().decode(
      [String: Entry].self, from: Data(sink.header.dropFirst(8)))
    return tensors.mapValues(\.shape)
  }

  @Test func separator() throws {
    let official = try Shapes(.separator)
    #expect(official.shapes.count == 533)
    let inventory = try Inventory.separator(official)
    #expect(inventory.items.count == 533)
    for item in inventory.items {
      #expect(item.shape == official.shapes[item.name], "\(item.name)")
    }
    #expect(try fake(.separator, "separator.safetensors") == official.shapes)
  }

  @Test(arguments: [
    (ModelRole.codecMixed, "codec-1rvq.safetensors", 477), (.codec, "codec.safetensors", 485),
  ])
  func encoder(role: ModelRole, path: String, count: Int) throws {
    var official = try Shapes(role)
    #expect(official.shapes.count == count)
    let fake = try fake(.codec, path)
    // The list has no decoder; the sizes of that come from elsewhere.
    let decoder = fake.filter {
      $0.key.hasPrefix("cfm_wrapper.") || $0.key.hasPrefix("normfeat.")
    }
    official.shapes.merge(decoder) { listed, _ in listed }
    let inventory = try Inventory.codec(official, role: role)
    let items = Dictionary(uniqueKeysWithValues: inventory.items.map { ($0.name, $0) })
    #expect(inventory.items.contains { $0.use == .reference })
    for item in inventory.items {
      let listed = try #require(official.shapes[item.name], "\(item.name) is not official")
      #expect(item.fits(listed), "\(item.name)")
      #expect(fake[item.name] == listed, "\(item.name)")
    }
    // Every tensor is used, or known to be of no use.
    for name in official.shapes.keys where items[name] == nil {
      #expect(inventory.unused.contains { name.hasPrefix($0.prefix) }, "\(name)")
    }
    for name in fake.keys { #expect(official.shapes[name] != nil, "\(name) is not official") }
    // A layer more than is read is of no use, and one less would not do.
    let last = role == .codec ? 6 : 5
    for (layer, isUsed) in [(last, true), (last + 1, false)] {
      let name = "bestrq.model.conformer.layers.\(layer).ffn1.output_dense.weight"
      #expect((items[name] != nil) == isUsed && official.shapes[name] != nil)
    }
  }
}
