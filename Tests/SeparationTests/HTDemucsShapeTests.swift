import Diagnostics
import Separation
import TestSupport
import Testing
import Weights

/// What is read from a file of another make.
struct HTDemucsShapeTests {
  @Test func sizesComeFromTheTensors() throws {
    let shape = try HTDemucsShape(Small.file(), Small.settings)
    #expect(shape.widths == [4, 8, 16, 32] && shape.hidden == [2, 4, 8, 16])
    #expect(shape.fft == 2048 && shape.bottom == 16 && shape.layers == 5 && shape.inner == 64)
    #expect(shape.branches == 2 && shape.heads == 2 && shape.segment == 34398)
    #expect(shape.stems == ["drums", "bass", "other", "vocal"])
  }

  /// All tensors of the file are read, and none besides.
  @Test func theListIsComplete() throws {
    let file = try Small.file()
    let shape = try HTDemucsShape(file, Small.settings)
    #expect(shape.tensors.map(\.name).sorted() == file.names.sorted())
    for (name, expected) in shape.tensors { #expect(file.shape(of: name) == expected) }
    #expect(HTDemucsShape.official.tensors.reduce(0) { $0 + $1.shape.reduce(1, *) } == 41_984_456)
  }

  /// Every tensor missing, and with an axis of another length: refused, and named.
  @Test func tensorsOfOtherShapesAreRefused() throws {
    let file = try Small.file()
    for name in file.names {
      let shape = try #require(file.shape(of: name))
      let others: [[Int]?] =
        [nil, shape + [1], Array(shape.dropLast()), shape.map { _ in 0 }]
        + shape.indices.map { axis in
          var other = shape
          other[axis] += 1
          return other
        }
      for other in others {
        let source = Altered(source: file, name: name, other: other)
        let failure = #expect(throws: WeightsFailure.self, "\(name) \(String(describing: other))") {
          try HTDemucs(source, Small.settings)
        }
        #expect(failure?.status == .data || failure?.status == .configuration)
      }
      let failure = #expect(throws: WeightsFailure.self) {
        try HTDemucs(Altered(source: file, name: name, other: nil), Small.settings)
      }
      #expect(failure?.description.contains("'") == true, "\(failure?.description ?? "")")
    }
  }

  @Test func allProblemsAreNamed() throws {
    let file = try Small.file()
    let name = "tdecoder.2.dconv.layers.1.6.scale"
    let failure = #expect(throws: WeightsFailure.self) {
      try HTDemucs(Altered(source: file, name: name, other: [5]), Small.settings)
    }
    #expect(failure?.description == "altered: '\(name)' has shape [5], expected [8]")
    struct Empty: TensorSource {
      let names: [String: [Int]]
      var title: String { "empty" }
      func shape(of name: String) -> [Int]? { names[name] }
      func tensor(_ name: String, shape: [Int]) throws(WeightsFailure) -> FloatTensor {
        throw WeightsFailure(.data, "no")
      }
    }
    var names = Dictionary(uniqueKeysWithValues: file.names.map { ($0, file.shape(of: $0) ?? []) })
    for name in file.names where name.hasSuffix("rewrite.bias") { names[name] = nil }
    let many = #expect(throws: WeightsFailure.self) {
      try HTDemucsShape(Empty(names: names), Small.settings)
    }
    #expect(many?.description.hasSuffix("and 12 more") == true, "\(many?.description ?? "")")
    #expect(throws: WeightsFailure.self) { try HTDemucsShape(Empty(names: [:]), Small.settings) }
  }

  @Test func settingsAreChecked() throws {
    let file = try Small.file()
    for (settings, text) in [
      (HTDemucsShape.Settings(segment: 34398), "\"heads\": N"),
      (.init(heads: 3, segment: 34398), "3 heads do not divide the width 16"),
      (.init(heads: 0, segment: 34398), "0 heads"), (.init(heads: -2, segment: 34398), "-2 heads"),
      (.init(heads: 2, segment: 4095), "not 4095"), (.init(heads: 2, segment: -1), "not -1"),
      (.init(heads: 2, segment: 1 << 25), "not \(1 << 25)"),
      (.init(heads: 2, stems: ["a"]), "names of 4 stems"),
      (.init(heads: 2, stems: ["a", "b", "c", "a"]), "names of 4 stems"),
    ] {
      let failure = #expect(throws: WeightsFailure.self) { try HTDemucsShape(file, settings) }
      #expect(failure?.status == .configuration)
      #expect(failure?.description.contains(text) == true, "\(failure?.description ?? "")")
    }
    // The shortest segment that is allowed.
    let shortest = try HTDemucs(file, .init(heads: 2, segment: 4096))
    #expect(shortest.shape.frames == 8)
  }
}
