import Diagnostics
import FoundationEssentials
import Neural
import Separation
import TestSupport
import Testing
import Weights

/// The network against the reference's.
struct HTDemucsTests {
  private func tensors() throws -> TensorFile {
    try TensorFile(path: Fixtures.url("codec-encode/htdemucs_forward.safetensors").path)
  }

  /// [2, frames] as interleaved stereo.
  private func stereo(_ name: String) throws -> [Float] {
    let values = try tensors().array(name)
    let frames = values.count / 2
    return (0..<values.count).map { values[$0 % 2 * frames + $0 / 2] }
  }

  private func separate(_ samples: [Float], stems: [Int], threads: Int) throws -> [[Float]] {
    let input = FloatBuffer(samples)
    let model = try Small.model()
    return withExtendedLifetime(input) {
      model.separate(input.base, stems: stems, ThreadPool(threads: threads)).map { Array($0) }
    }
  }

  @Test func vocalOfTheReference() throws {
    let ours = try separate(stereo("in"), stems: [3], threads: 2)[0]
    let reference = try stereo("out.vocal")
    #expect(ours.count == reference.count)
    #expect(zip(ours, reference).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test func sameBytesForAnyNumberOfThreads() throws {
    let input = try stereo("in")
    let one = try separate(input, stems: [3], threads: 1)
    for threads in [1, 2, 3] {
      #expect(try separate(input, stems: [3], threads: threads) == one)
    }
  }

  /// A stem has the same bits whichever others are asked for.
  @Test func stemsDoNotDependOnEachOther() throws {
    let input = try stereo("in")
    let all = try separate(input, stems: [0, 1, 2, 3], threads: 2)
    #expect(Set(all).count == 4)
    #expect(try separate(input, stems: [3, 1], threads: 2) == [all[3], all[1]])
    #expect(try separate(input, stems: [], threads: 2).isEmpty)
  }

  @Test func silenceIsFinite() throws {
    let ours = try separate([Float](repeating: 0, count: 2 * 34398), stems: [3], threads: 2)[0]
    #expect(ours.allSatisfy { $0.isFinite })
  }

  @Test func loudAndQuietSegmentsAreFinite() throws {
    for factor: Float in [1e-30, 1e30] {
      let samples = Small.song(34398).map { $0 * factor }
      let ours = try separate(samples, stems: [0], threads: 2)[0]
      #expect(ours.allSatisfy { !$0.isNaN })
    }
  }
}
