import Diagnostics
import FoundationEssentials
import MusicCodec
import Neural
import TestSupport
import Testing
import Weights

struct SincResamplerTests {
  private func noise(_ count: Int) -> [Float] {
    var values = [Float](repeating: 0, count: count)
    values.withUnsafeMutableBufferPointer { Philox(seed: 5, stream: 1).fillNormals($0, at: 0) }
    return values
  }

  @Test(arguments: [
    (44100, 48000), (48000, 24000), (8000, 48000), (192_000, 48000), (48000, 44100),
  ])
  func piecesGiveTheBitsOfTheWhole(from: Int, to: Int) throws {
    let kernel = try SincKernel(from: from, to: to, arithmetic: .function)
    let input = noise(2 * 3001)
    let whole = SincResampler.convert(input, kernel, channels: 2)
    #expect(whole.count == 2 * kernel.outputs(3001))
    for piece in [1, 7, 160, 1024] {
      let resampler = SincResampler(kernel, channels: 2)
      var pieces: [Float] = []
      for start in stride(from: 0, to: 3001, by: piece) {
        pieces += resampler.push(input[2 * start..<2 * min(3001, start + piece)])
      }
      pieces += resampler.finish()
      #expect(pieces == whole)
    }
  }

  /// The kernel as the reference stores it, all taps of it, gives the same as the one computed.
  @Test func storedKernel() throws {
    let file = try TensorFile(path: Fixtures.url("codec-encode").path + "/resample.safetensors")
    let stored = try SincKernel(
      from: 48000, to: 24000, stored: file.array("48000_24000.kernel"))
    let own = try SincKernel(from: 48000, to: 24000, arithmetic: .module)
    let input = noise(500)
    #expect(
      SincResampler.convert(input, stored, channels: 1)
        == SincResampler.convert(input, own, channels: 1))
    #expect(throws: CodecFailure.self) {
      try SincKernel(from: 48000, to: 24000, stored: [1, 2, 3])
    }
  }

  /// A low tone keeps its amplitude, and channels do not mix.
  @Test func toneKeepsItsLevel() throws {
    let frames = 4410
    var input: [Float] = []
    for frame in 0..<frames {
      input += [Float((Double(frame) * 0.02).rounded()), 1]
      input[2 * frame] = Float(0.5 * sine(Double(frame) * 440 / 44100))
    }
    let output = SincResampler.convert(
      input, try SincKernel(from: 44100, to: 48000, arithmetic: .function), channels: 2)
    for frame in 200..<4600 {
      #expect(abs(Double(output[2 * frame]) - 0.5 * sine(Double(frame) * 440 / 48000)) < 1e-3)
      #expect(abs(output[2 * frame + 1] - 1) < 1e-3)
    }
  }

  /// sin 2 pi x by its series, on a period around 0.
  private func sine(_ x: Double) -> Double {
    let turn = (x - x.rounded()) * 2 * Double.pi
    var (term, sum) = (turn, turn)
    for k in 1...12 {
      term *= -turn * turn / Double(2 * k * (2 * k + 1))
      sum += term
    }
    return sum
  }

  @Test func emptyAndSingle() throws {
    let kernel = try SincKernel(from: 44100, to: 48000, arithmetic: .function)
    #expect(SincResampler.convert([], kernel, channels: 2) == [])
    #expect(SincResampler.convert([1], kernel, channels: 1).count == 2)
  }

  @Test(arguments: [(0, 48000), (48000, 0), (-1, 1), (1 << 40, 48000), (767_999, 768_000)])
  func ratesThatAreRefused(from: Int, to: Int) {
    #expect(throws: CodecFailure.self) {
      try SincKernel(from: from, to: to, arithmetic: .function)
    }
  }
}
