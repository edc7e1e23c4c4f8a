import Foundation
import TestSupport
import Testing
import Weights

/// Archives whose bytes changed after torch wrote them.
@Suite struct TorchChecksumsTests {
  /// What is said of an archive that goes by in steps of `step` bytes.
  private func refusal(_ bytes: [UInt8], step: Int = 7) -> String? {
    failure {
      var checksums = try #require(
        try TorchChecksums(MappedFile(name: "x.pt", copying: bytes)))
      bytes.withUnsafeBytes { bytes in
        for start in stride(from: 0, to: bytes.count, by: step) {
          checksums.add(
            UnsafeRawBufferPointer(rebasing: bytes[start..<min(bytes.count, start + step)]))
        }
      }
      try checksums.check()
    }
  }

  @Test(arguments: ["types.pt", "views.pt", "nested.ckpt", "tied.pt"], [1, 61, 1 << 20])
  func whatTorchWroteIsWhole(name: String, step: Int) throws {
    let bytes = [UInt8](try Data(contentsOf: Fixtures.url("torch/\(name)")))
    #expect(refusal(bytes, step: step) == nil)
  }

  @Test func aBitOfATensorThatChangedIsFound() throws {
    let good = [UInt8](try Data(contentsOf: Fixtures.url("torch/types.pt")))
    let file = try TensorFile(MappedFile(name: "x.pt", copying: good))
    var tried = 0
    try file.file.bytes.withMemoryRebound(to: UInt8.self) { all in
      for name in file.names {
        let view = try #require(file.view(name))
        guard let start = view.bytes.baseAddress, let first = all.baseAddress, view.count > 0
        else { continue }
        let place = start - UnsafeRawPointer(first)
        var bad = good
        bad[place + view.bytes.count - 1] ^= 4
        #expect(refusal(bad)?.contains("/data/") == true, "\(name)")
        #expect(refusal(bad, step: 1 << 20)?.contains("is damaged") == true, "\(name)")
        tried += 1
      }
    }
    #expect(tried > 5)
  }

  @Test func archivesWithoutChecksumsAreTaken() {
    let tensor = TorchBuilder.tensor(shape: [2, 2], strides: [2, 1])
    #expect(refusal(TorchBuilder.archive(TorchBuilder.dictionary([("a", tensor)]))) == nil)
  }

  @Test func otherFilesHaveNone() throws {
    let legacy = Fixtures.url("torch/types-legacy.pt").path
    #expect(try TorchChecksums(MappedFile(path: legacy, name: "x")) == nil)
    #expect(throws: WeightsFailure.self) {
      try TorchChecksums(MappedFile(name: "x", copying: [0x50, 0x4B, 3, 4, 0, 0]))
    }
  }
}
