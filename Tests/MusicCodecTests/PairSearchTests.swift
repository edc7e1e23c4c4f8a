import DefaultModel
import MusicCodec
import Neural
import Testing
import Weights

/// The toy's encoder, on what the toy itself can say: waveforms of its own codes.
struct PairSearchTests {
  private let encoder: PromptEncoder
  private let codec: Codec
  private let pool = ThreadPool(threads: 2)

  init() throws {
    let model = try DefaultModel.directory()
    encoder = try PromptEncoder(model)
    codec = try Codec(model)
  }

  /// Stereo samples of held codes, straight from what the codes stand for.
  private func stem(_ codes: [UInt16], track: Int) throws -> [Float] {
    let conditions = try codec.flow.quantisers[track].look(up: codes)
    let latents = codec.flow.statistics.denormalised(Array(conditions))
    return codec.decoder.decode(latents, pool: pool)
  }

  private func held(_ codes: [UInt16]) -> [UInt16] {
    codes.flatMap { Array(repeating: $0, count: 5) }
  }

  private func agreement(_ a: [UInt16], _ b: [UInt16]) -> Double {
    Double(zip(a, b).count { $0 == $1 }) / Double(max(1, a.count))
  }

  @Test func stemsGiveTheirCodes() throws {
    let codes = held([0, 40, 333, 1024, 2000, 17])
    let row = try encoder.encode(.vocal, Recording(stem(codes, track: 0), channels: 2), pool: pool)
    #expect(row.codes.count == codes.count)
    #expect(agreement(row.codes, codes) >= 0.6)
  }

  @Test(arguments: [Float(1), 0.2])
  func songsArePartedWhateverTheirLevel(gain: Float) throws {
    let vocal = held([0, 40, 333, 1024, 2000, 17, 0, 611])
    let accompaniment = held([77, 77, 1500, 903, 12, 12, 640, 77])
    let (v, a) = (try stem(vocal, track: 0), try stem(accompaniment, track: 1))
    let song = zip(v, a).map { ($0 + $1) * gain }
    #expect(encoder.separates)
    let found = try encoder.encode(separating: Recording(song, channels: 2), pool: pool)
    #expect(agreement(found.vocal.codes, vocal) >= 0.6)
    #expect(abs(found.gain / gain - 1) < 0.2)
    #expect(found.mixed.codes.count == vocal.count)
  }

  @Test func threadsChangeNoCode() throws {
    let song = try stem(held([5, 900, 44]), track: 1)
    let one = try encoder.encode(
      separating: Recording(song, channels: 2), pool: ThreadPool(threads: 1))
    #expect(try encoder.encode(separating: Recording(song, channels: 2), pool: pool) == one)
  }

  @Test func silenceIsTheSilentCode() throws {
    let silence = Recording([Float](repeating: 0, count: 2 * 9600), channels: 2)
    let found = try encoder.encode(separating: silence, pool: pool)
    #expect(found.vocal.isSilent)
    #expect(found.vocal.codes == [0, 0, 0, 0, 0])
    #expect(
      try encoder.encode(.vocal, silence, pool: pool).codes == found.vocal.codes)
    // Too short for a frame: no codes, and no failure.
    #expect(
      try encoder.encode(separating: Recording([0.5], channels: 1), pool: pool).vocal.codes == [])
  }
}
