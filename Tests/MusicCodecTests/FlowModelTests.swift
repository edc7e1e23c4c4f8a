import Diagnostics
import FoundationEssentials
import MusicCodec
import Neural
import TestSupport
import Testing
import Weights

/// What is read from a file of another make.
struct FlowModelTests {
  /// The reference set's weights, with the shape of one tensor told otherwise.
  private struct Altered: TensorSource {
    let file: TensorFile
    let name: String
    let other: [Int]?
    var title: String { "altered" }

    func shape(of name: String) -> [Int]? { name == self.name ? other : file.shape(of: name) }

    func tensor(_ name: String, shape: [Int]) throws(WeightsFailure) -> FloatTensor {
      guard self.shape(of: name) == shape else {
        throw WeightsFailure(.data, "altered: tensor '\(name)'")
      }
      return name == self.name
        ? FloatTensor(FloatBuffer(count: shape.reduce(1, *)))
        : try file.tensor(name, shape: shape)
    }
  }

  private func file() throws -> TensorFile {
    try TensorFile(path: Fixtures.url("codec-decode/model_septoken.safetensors").path)
  }

  @Test func sizesComeFromTheTensors() throws {
    let model = try FlowModel(file(), heads: 4)
    #expect(model.shape.width == 88 && model.shape.layers == 3 && model.shape.inner == 176)
    #expect(model.shape.tracks == 2 && model.shape.latent == 16 && model.shape.condition == 24)
    #expect(model.quantisers.map(\.size) == [16384, 16384])
  }

  /// Every tensor that is read, missing, and with one axis of another length.
  @Test func tensorsOfOtherShapesAreRefused() throws {
    let file = try file()
    let ignored = ["wte.", "cfm_wrapper.mlp.", "in_proj", "stale_counter", "sum_target", "kernel"]
    // An axis that only this tensor has: another length is another model, not an error.
    let free = ["codebook.weight", "wpe.weight"]
    for name in file.names where !ignored.contains(where: name.contains) {
      let shape = try #require(file.shape(of: name))
      let others: [[Int]?] =
        [nil, shape + [1], Array(shape.dropLast())]
        + shape.indices.map { axis in
          var other = shape
          other[axis] += 1
          return other
        } + [shape.map { _ in 0 }]
      for other in others {
        if free.contains(where: name.hasSuffix), let other, other.count == 2, other[0] != shape[0],
          other[1] == shape[1]
        {
          continue
        }
        // Without the second quantiser or the next layer it is another kind of model; its widths tell.
        #expect(throws: WeightsFailure.self, "\(name) \(other ?? [])") {
          try FlowModel(Altered(file: file, name: name, other: other), heads: 4)
        }
      }
    }
  }

  @Test(arguments: [nil, 0, -1, 3, 88, 5])
  func headsMustDivideTheWidth(_ heads: Int?) throws {
    let file = try file()
    #expect(throws: WeightsFailure.self) { try FlowModel(file, heads: heads) }
  }

  @Test func lookUpRefusesCodesThatDoNotExist() throws {
    let quantiser = try FlowModel(file(), heads: 4).quantisers[1]
    #expect(throws: CodecFailure.self) { try quantiser.look(up: [0, 16384]) }
    #expect(try quantiser.look(up: [0, 16383]).count == 2 * 24)
  }

  /// A condition vector that some code stands for is found again, and so is one in its direction.
  @Test func theNearestCodeOfARowIsThatRow() throws {
    let file = try file()
    let key = "rvq_bestrq_emb.quantizers.0"
    let quantiser = try VectorQuantiser(file, key)
    let search = try CodeSearch(file, key, quantiser)
    let features = FloatBuffer(count: 40 * quantiser.condition)
    Philox(seed: 5, stream: 0).fillNormals(features.elements, at: 0)
    let frames = Array(features)
    let codes = search.codes(frames, pool: ThreadPool(threads: 2))
    let rows = Array(try quantiser.rows((0..<UInt16(quantiser.size)).map { $0 }))
    let projected = search.project(frames)
    let width = quantiser.width
    for (frame, code) in codes.enumerated() {
      func cosine(_ code: Int) -> Double {
        var (dot, length) = (0.0, 0.0)
        for index in 0..<width {
          let value = Double(rows[code * width + index])
          dot += value * Double(projected[frame * width + index])
          length += value * value
        }
        return dot / length.squareRoot()
      }
      let best = (0..<quantiser.size).map(cosine).max() ?? 0
      #expect(cosine(Int(code)) >= best - 1e-6 * abs(best))
    }
    #expect(codes == search.codes(frames, pool: ThreadPool(threads: 1)))
  }
}
