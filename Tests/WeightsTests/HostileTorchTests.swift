import Foundation
import TestSupport
import Testing
import Weights

/// Archives that somebody has prepared.
@Suite struct HostileTorchTests {
  private func refusal(_ bytes: [UInt8]) -> String {
    failure { _ = try TensorFile(MappedFile(name: "x.pt", copying: bytes)) } ?? "it was taken"
  }

  private func refusal(pickle: [UInt8]) -> String { refusal(TorchBuilder.archive(pickle)) }

  @Test func theBuilderBuildsWhatIsTaken() {
    let tensor = TorchBuilder.tensor(shape: [2, 2], strides: [2, 1])
    #expect(refusal(pickle: TorchBuilder.dictionary([("a", tensor)])) == "it was taken")
  }

  @Test(arguments: [
    "os\nsystem", "posix\nsystem", "builtins\neval", "builtins\ngetattr", "torch\nload",
    "torch.storage\n_load_from_bytes", "collections\nCounter", "numpy\nndarray",
    "subprocess\nPopen", "torch.jit\n_script", "pickle\nloads", "_codecs\nencode",
  ])
  func namesThatTensorsDoNotNeed(name: String) throws {
    let marker = FileManager.default.temporaryDirectory.appending(path: "sg-pickle-ran").path
    let call =
      Array("c\(name)\n(".utf8) + TorchBuilder.text("touch \(marker)") + Array("tR".utf8)
    let message = refusal(pickle: TorchBuilder.dictionary([("a", call)]))
    let shown = name.replacingOccurrences(of: "\n", with: ".")
    #expect(message.contains("asks for '\(shown)', which tensors do not need"))
    // The same by STACK_GLOBAL.
    let parts = name.split(separator: "\n").map(String.init)
    let stacked = TorchBuilder.text(parts[0]) + TorchBuilder.text(parts[1]) + [0x93]
    #expect(
      refusal(pickle: TorchBuilder.dictionary([("a", stacked)])).contains("asks for '\(shown)'"))
    #expect(!FileManager.default.fileExists(atPath: marker))
  }

  @Test(arguments: [
    (0x81 as UInt8, "NEWOBJ"), (0x69, "INST"), (0x6F, "OBJ"), (0x82, "EXT1"), (0x92, "NEWOBJ_EX"),
    (0x97, "NEXT_BUFFER"), (0x50, "PERSID"), (0x49, "INT"), (0x8B, "LONG4"), (0xFF, "none"),
  ])
  func otherInstructions(code: UInt8, name: String) {
    #expect(refusal(pickle: [0x80, 2, 0x7D, code, 0x2E]).contains("is refused"), "\(name)")
  }

  @Test func callsOfOtherThings() {
    for call in [
      [0x80, 2, 0x7D, 0x29, 0x52, 0x2E], Array("\u{2}".utf8),
      [0x80, 2] + Array("ctorch\nFloatStorage\n)R.".utf8),
      [0x80, 2] + Array("ccollections\nOrderedDict\n(K\u{1}tR.".utf8),
      [0x80, 2, 0x5D, 0x7D, 0x62, 0x2E],
    ] as [[UInt8]] { #expect(refusal(pickle: call) != "it was taken") }
  }

  @Test(
    arguments: [
      ([-1, 4], [1, 1], 0, "negative"), ([2, 2], [-2, 1], 0, "negative"),
      ([4], [1], -1, "negative"),
      ([5], [1], 0, "beyond its storage"), ([2, 2], [3, 1], 0, "beyond its storage"),
      ([2], [1], 3, "beyond its storage"), ([1], [1], 4, "beyond its storage"),
      ([.max], [1], 0, "impossibly large"), ([1 << 32, 1 << 32], [0, 0], 0, "impossibly large"),
      ([2], [.max], 0, "beyond its storage"), ([3], [1 << 62], 1, "beyond its storage"),
      ([1], [1], .max, "beyond its storage"), ([3, 2], [0, 1], 0, "repeats elements"),
      ([2, 2], [1], 0, "sizes and 1 strides"),
      ([Int](repeating: 1, count: 17), [Int](repeating: 1, count: 17), 0, "17 sizes"),
      ([Int](repeating: 1, count: 65), [Int](repeating: 1, count: 65), 0, "no short tuple"),
    ] as [([Int], [Int], Int, String)])
  func tensorsThatCannotBe(shape: [Int], strides: [Int], offset: Int, reason: String) {
    let tensor = TorchBuilder.tensor(offset: offset, shape: shape, strides: strides)
    #expect(refusal(pickle: TorchBuilder.dictionary([("a", tensor)])).contains(reason))
  }

  @Test func emptyTensorsOfHugeShapesAreEmpty() {
    let tensor = TorchBuilder.tensor(shape: [0, 1 << 40, 7], strides: [7, 7, 1])
    #expect(refusal(pickle: TorchBuilder.dictionary([("a", tensor)])) == "it was taken")
  }

  @Test(arguments: [
    (5, "has 16 bytes"), (1 << 61, "has the size"), (.max, "has the size"), (-1, "has the size"),
  ])
  func storagesOfAnotherSize(count: Int, reason: String) {
    let tensor = TorchBuilder.tensor(shape: [1], strides: [1], count: count)
    #expect(refusal(pickle: TorchBuilder.dictionary([("a", tensor)])).contains(reason))
  }

  @Test func storagesThatAreNotThere() {
    let tensor = TorchBuilder.tensor(shape: [1], strides: [1], key: "../0")
    #expect(
      refusal(pickle: TorchBuilder.dictionary([("a", tensor)])).contains("'../0' is missing"))
  }

  @Test func overlapsAndDoubles() {
    let a = TorchBuilder.tensor(shape: [3], strides: [1])
    let b = TorchBuilder.tensor(offset: 2, shape: [2], strides: [1])
    #expect(
      refusal(pickle: TorchBuilder.dictionary([("a", a), ("b", b)])).contains("tensors overlap"))
    #expect(
      refusal(pickle: TorchBuilder.dictionary([("a", a), ("a", a)])).contains("'a' comes twice"))
  }

  @Test func deepNestingEndsInAMessage() {
    for (open, close) in [([0x5D], [0x61]), ([0x28], [0x74])] as [([UInt8], [UInt8])] {
      let pickle =
        [0x80, 2] + [[UInt8]](repeating: open, count: 200_000).joined()
        + [[UInt8]](repeating: close, count: 199_999).joined() + [0x2E]
      #expect(refusal(pickle: pickle) != "it was taken")
    }
    // A list in itself.
    #expect(refusal(pickle: [0x80, 2, 0x5D, 0x71, 0, 0x68, 0, 0x61, 0x2E]).contains("nested"))
  }

  @Test func bombsOfReferences() {
    // Each list holds the one before it ten times: 10^30 values, written out.
    var pickle: [UInt8] = [0x80, 2, 0x5D, 0x71, 0]
    for level in 1...30 {
      pickle += [0x5D, 0x71, UInt8(level), 0x28]
      for _ in 0..<10 { pickle += [0x68, UInt8(level - 1)] }
      pickle += [0x65]
    }
    pickle += [0x86, 0x2E]
    #expect(refusal(pickle: pickle) != "it was taken")
    var nested: [UInt8] = [0x80, 2, 0x29, 0x71, 0]
    for level in 1...30 {
      nested += [0x28] + [UInt8](repeating: 0, count: 0)
      for _ in 0..<10 { nested += [0x68, UInt8(level - 1)] }
      nested += [0x74, 0x71, UInt8(level)]
    }
    #expect(
      refusal(pickle: TorchBuilder.dictionary([("a", Array(nested.dropFirst(2)))]))
        != "it was taken")
    let calls = [UInt8](repeating: 0x4E, count: 2 << 20)
    #expect(refusal(pickle: [0x80, 2] + calls).contains("more than"))
  }

  @Test func lengthsBeyondTheEnd() {
    for pickle in [
      [0x80, 2, 0x58, 0xFF, 0xFF, 0xFF, 0xFF, 0x61],
      [0x80, 4, 0x8D] + [UInt8](repeating: 0xFF, count: 8),
      [0x80, 4, 0x8D, 0, 0, 0, 0, 0, 0, 0, 0x80, 0x61], [0x80, 2, 0x8A, 0xFF, 1],
      [0x80, 2, 0x72, 0xFF, 0xFF, 0xFF, 0xFF], [0x80, 2, 0x6A, 0xFF, 0xFF, 0xFF, 0xFF], [0x80], [],
    ] as [[UInt8]] { #expect(refusal(pickle: pickle) != "it was taken") }
  }

  @Test func archives() {
    let good = TorchBuilder.dictionary([("a", TorchBuilder.tensor(shape: [1], strides: [1]))])
    typealias Entry = TorchBuilder.Entry
    func refusal(_ others: Entry...) -> String { self.refusal(TorchBuilder.archive(good, others)) }
    #expect(refusal() == "it was taken")
    #expect(refusal(Entry(name: "b", bytes: [1], method: 8)).contains("is compressed"))
    #expect(refusal(Entry(name: "a/data/0", bytes: [1])).contains("two entries"))
    #expect(refusal(Entry(name: "b", bytes: [1], size: 1 << 30)).contains("not lie inside"))
    #expect(refusal(Entry(name: "b", bytes: [1], size: .max)).contains("not lie inside"))
    #expect(refusal(Entry(name: "b", bytes: [1], offset: 1 << 30)).contains("not lie inside"))
    #expect(refusal(Entry(name: "b", bytes: [1], offset: 0)).contains("not what the directory"))
    #expect(refusal(Entry(name: "c/data.pkl", bytes: [1])).contains("no single data.pkl"))
    #expect(refusal(Entry(name: "a/byteorder", bytes: Array("big".utf8))).contains("big-endian"))
    let double = Entry(name: "a/data.pkl", bytes: [], size: UInt32(good.count), offset: 0)
    #expect(refusal(double) != "it was taken")
    let mixed = TorchBuilder.zip([Entry(name: "mimetype", bytes: Array("text".utf8))])
    #expect(self.refusal(mixed).contains("torch.save did not write"))
  }
}
