import Foundation
import Neural
import SongStream
import TestSupport
import Testing
import TrainingRun

@Suite struct CheckpointTests {
  let scratch: Scratch
  let state: JSONValue = [
    "counter": .unsigned(18_446_744_073_709_551_615), "rate": 0.1, "text": "ü \"\\ \u{7}",
  ]

  init() throws { scratch = try Scratch() }

  /// Numbers that rounding, or a comparison by value, would change.
  private func tensors() -> [NamedTensor] {
    let odd: [Float] = [
      .nan, -.nan, .infinity, -0.0, .leastNonzeroMagnitude, 1 / 3,
      Float(bitPattern: 0x7FA0_0001),
    ]
    return [
      NamedTensor("odd", shape: [7], FloatBuffer(odd)),
      NamedTensor("pages", shape: [2, 1024], FloatBuffer((0..<2048).map { sin(Float($0)) })),
      NamedTensor("empty", shape: [0, 4], FloatBuffer(count: 0)),
      NamedTensor("one", shape: [], FloatBuffer([3])),
    ]
  }

  private func run(_ name: String = "run", keeping: Int = 3) throws -> RunFolder {
    try RunFolder(
      scratch.path(name), settings: ["a": 1], keeping: keeping, opening: .either)
  }

  private func bits(_ tensors: [NamedTensor]) -> [[UInt32]] {
    tensors.map { tensor in
      withExtendedLifetime(tensor.numbers) { tensor.numbers.elements.map(\.bitPattern) }
    }
  }

  @Test func everyBitComesBack() throws {
    let saved = tensors()
    try run().save(step: 12, state: state, tensors: saved)
    let checkpoint = try #require(try run().resume().checkpoint)
    #expect(checkpoint.step == 12 && checkpoint.state == state)
    #expect(checkpoint.names == ["empty", "odd", "one", "pages"])
    let loaded = saved.map { tensor in
      NamedTensor(tensor.name, shape: tensor.shape, FloatBuffer(count: tensor.numbers.count))
    }
    try checkpoint.restore(loaded)
    #expect(bits(loaded) == bits(saved))
  }

  @Test func sameContentIsSameBytes() throws {
    try run("one").save(step: 1, state: state, tensors: tensors())
    try run("two").save(step: 1, state: state, tensors: tensors().reversed())
    let name = "checkpoints/step-0000001.safetensors"
    #expect(try scratch.bytes("one/" + name) == scratch.bytes("two/" + name))
  }

  @Test func whatDoesNotFitIsRefused() throws {
    let own = try run()
    try own.save(step: 1, state: state, tensors: tensors())
    let checkpoint = try #require(try own.resume().checkpoint)
    var fewer = tensors()
    fewer.removeLast()
    #expect(throws: RunFailure.self) { try checkpoint.restore(fewer) }
    var more = tensors()
    more.append(NamedTensor("other", shape: [1], FloatBuffer(count: 1)))
    #expect(throws: RunFailure.self) { try checkpoint.restore(more) }
    var turned = tensors()
    turned[1] = NamedTensor("pages", shape: [1024, 2], FloatBuffer(count: 2048))
    #expect(throws: RunFailure.self) { try checkpoint.restore(turned) }
    #expect(throws: RunFailure.self) {
      try own.save(
        step: 2, state: state, tensors: [NamedTensor("x", shape: [2], FloatBuffer(count: 3))])
    }
    #expect(throws: RunFailure.self) {
      try own.save(step: 2, state: state, tensors: tensors() + tensors())
    }
    #expect(own.checkpoints.steps() == [1])
  }

  /// One bit of the file changed, or its end cut off, anywhere: never taken, never a crash.
  @Test func noDamageIsTaken() throws {
    try run().save(
      step: 1, state: ["a": 1],
      tensors: [NamedTensor("x", shape: [9], FloatBuffer((0..<9).map { Float($0) }))])
    let name = "run/checkpoints/step-0000001.safetensors"
    let whole = try scratch.bytes(name)
    _ = try Checkpoint(path: scratch.path(name))
    let places =
      Array(0..<500) + Array(stride(from: 500, to: whole.count, by: 61))
      + Array(whole.count - 36..<whole.count)
    for place in places {
      var damaged = whole
      damaged[place] ^= 1 << UInt8(place % 8)
      let path = try scratch.write(damaged, to: "bad.safetensors")
      #expect(throws: RunFailure.self, "bit of byte \(place)") { try Checkpoint(path: path) }
      let cut = try scratch.write(Array(whole[..<place]), to: "cut.safetensors")
      #expect(throws: RunFailure.self, "cut at \(place)") { try Checkpoint(path: cut) }
    }
    let longer = try scratch.write(whole + [0], to: "longer.safetensors")
    #expect(throws: RunFailure.self) { try Checkpoint(path: longer) }
    for size in [0, 7, 8, 100, 5000] {
      let random = (0..<size).map { _ in UInt8.random(in: .min ... .max) }
      let path = try scratch.write(random, to: "random.safetensors")
      #expect(throws: RunFailure.self) { try Checkpoint(path: path) }
    }
  }

  @Test func theOneBeforeADamagedOneIsTaken() throws {
    let own = try run()
    for step in 1...3 {
      try own.save(step: step, state: ["step": .integer(Int64(step))], tensors: tensors())
    }
    let last = "run/checkpoints/step-0000003.safetensors"
    var bytes = try scratch.bytes(last)
    try scratch.write(
      bytes.dropLast(5000) + [], to: "run/checkpoints/.step-0000004.safetensors.new")
    bytes[bytes.count - 1] ^= 4
    try scratch.write(bytes, to: last)
    // A whole one under the name of another step is none either.
    try scratch.write(
      scratch.bytes("run/checkpoints/step-0000002.safetensors"),
      to: "run/checkpoints/step-0000009.safetensors")
    let found = try own.resume()
    #expect(found.checkpoint?.step == 2 && found.damaged.count == 2 && own.step == 2)
    #expect(own.checkpoints.steps() == [1, 2], "what is damaged does not count any more")
    try own.save(step: 3, state: ["step": 3], tensors: tensors())
    #expect(try own.resume().checkpoint?.step == 3)
    let names = try FileManager.default.contentsOfDirectory(atPath: own.checkpoints.path)
    #expect(!names.contains { $0.hasPrefix(".") })
  }

  @Test func noWholeOneIsAnErrorAndNoneIsTheBeginning() throws {
    let own = try run()
    #expect(try own.resume().checkpoint == nil)
    try own.save(step: 1, state: .null, tensors: tensors())
    try scratch.write([1, 2, 3], to: "run/checkpoints/step-0000001.safetensors")
    #expect(throws: RunFailure.self) { try own.resume() }
    try own.save(step: 1, state: .null, tensors: tensors())
    #expect(try own.resume().checkpoint?.step == 1, "a step may be saved again")
  }

  @Test func onlyTheLastOnesStay() throws {
    let own = try run(keeping: 2)
    for step in [5, 10, 15, 10_000_000] {
      try own.save(step: step, state: .null, tensors: tensors())
    }
    #expect(own.checkpoints.steps() == [15, 10_000_000])
  }
}
