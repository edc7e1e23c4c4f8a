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
    // The conditions of the toy are latents over their spread.
    let spread = codec.flow.statistics.moments.deviation
    let latents = conditions.indices.map { conditions[$0] * spread[$0 % spread.count] }
    return codec.decoder.decode(latents, pool: pool)
  }

  /// A line that the toy sang, and the band behind it.
  private static let vocal: [UInt16] = [
    72, 1837, 856, 123, 123, 123, 123, 123, 123, 123, 123, 856, 1615, 1304, 1155, 91, 91,
    91, 91, 91, 91, 1155, 493, 349, 596, 1195, 1300, 268, 268, 268, 268, 268, 268, 268, 268,
    1300, 978, 77, 77, 77, 77, 77, 77, 77, 77, 1320, 641, 206, 325, 1557, 1229, 11, 11, 11,
    11, 11, 11, 11, 11, 1229,
  ]
  private static let accompaniment: [UInt16] = [
    829, 1805, 173, 203, 203, 203, 203, 203, 203, 203, 203, 797, 90, 104, 199, 443, 203,
    203, 203, 203, 203, 203, 203, 829, 1805, 173, 203, 203, 203, 203, 203, 203, 203, 203,
    203, 797, 90, 104, 199, 443, 203, 203, 203, 203, 203, 203, 203, 829, 1805, 173, 203,
    203, 203, 203, 203, 203, 203, 203, 203, 437,
  ]

  private func agreement(_ a: [UInt16], _ b: [UInt16]) -> Double {
    Double(zip(a, b).count { $0 == $1 }) / Double(max(1, a.count))
  }

  @Test func stemsGiveTheirCodes() throws {
    let song = Recording(try stem(Self.vocal, track: 0), channels: 2)
    let row = try encoder.encode(.vocal, song, pool: pool)
    #expect(row.codes.count == Self.vocal.count)
    #expect(agreement(row.codes, Self.vocal) >= 0.6)
  }

  @Test(arguments: [Float(1), 0.2])
  func songsArePartedWhateverTheirLevel(gain: Float) throws {
    let (v, a) = (try stem(Self.vocal, track: 0), try stem(Self.accompaniment, track: 1))
    let song = zip(v, a).map { ($0 + $1) * gain }
    #expect(encoder.separates)
    let found = try encoder.encode(separating: Recording(song, channels: 2), pool: pool)
    // Of 2048 codes. Two seconds tell the level only roughly; of whole songs nearly all come back.
    #expect(agreement(found.vocal.codes, Self.vocal) >= 0.45)
    #expect(abs(found.gain / gain - 1) < 0.2)
    #expect(found.mixed.codes.count == Self.vocal.count)
  }

  @Test func threadsChangeNoCode() throws {
    let song = try stem(Array(Self.accompaniment.prefix(15)), track: 1)
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
