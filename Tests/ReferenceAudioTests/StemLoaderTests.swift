import AudioIO
import DefaultModel
import MusicCodec
import Neural
import ReferenceAudio
import Separation
import Testing

struct StemLoaderTests {
  private let loader = StemLoader(
    separator: nil, shift: .none, quirks: false, pool: ThreadPool(threads: 1))

  private func reader(_ level: Float, frames: Int = 4000) throws -> AudioReader {
    try SongSpoolerTests.reader(
      (0..<2 * frames).map { level * Float($0 % 7) / 8 }, rate: 48_000, channels: 2)
  }

  /// The peaks of song, vocal and accompaniment, in eighths of 6.
  private func peaks(_ stems: ReferenceStems) throws -> [Float] {
    try [stems.song, stems.vocal, stems.accompaniment].map { try $0.survey().peak * 8 / 6 }
  }

  @Test func bothStemsAreTaken() throws {
    let stems = try loader.load(
      .init(vocal: reader(0.25), accompaniment: reader(0.5)), excerpt: Excerpt()
    ) { _ in }
    #expect(stems.origin == .given)
    #expect(try peaks(stems) == [0.75, 0.25, 0.5])
  }

  @Test func oneStemLeavesTheOther() throws {
    let first = try loader.load(
      .init(song: reader(0.75), vocal: reader(0.25)), excerpt: Excerpt()
    ) { _ in }
    #expect(first.origin == .difference)
    #expect(try peaks(first) == [0.75, 0.25, 0.5])
    let second = try loader.load(
      .init(song: reader(0.75), accompaniment: reader(0.25)), excerpt: Excerpt()
    ) { _ in }
    #expect(try peaks(second) == [0.75, 0.5, 0.25])
  }

  @Test func withoutANetworkTheOtherStemIsSilent() throws {
    let song = try loader.load(.init(song: reader(0.5)), excerpt: Excerpt()) { _ in }
    #expect(song.origin == .single)
    #expect(try peaks(song) == [0.5, 0, 0.5])
    let voice = try loader.load(.init(vocal: reader(0.5)), excerpt: Excerpt()) { _ in }
    #expect(try peaks(voice) == [0.5, 0.5, 0])
  }

  @Test func anEncoderThatPartsSongsGetsThemFromAWholeCodeOn() throws {
    let loader = StemLoader(
      separator: nil, codeSamples: 1000, shift: .none, quirks: false,
      pool: ThreadPool(threads: 1))
    let song = try loader.load(
      .init(song: reader(0.5)), excerpt: Excerpt(start: 1400.0 / 48_000, length: 2000.0 / 48_000)
    ) { _ in }
    #expect(song.origin == .parted)
    #expect(song.frames == 2000)
    #expect(abs(song.start * 48_000 - 1000) < 1e-6)
    // What is cut beforehand is what is chosen.
    var samples: [Float] = []
    for frame in 1000..<3000 {
      samples += (2 * frame..<2 * frame + 2).map { 0.5 * Float($0 % 7) / 8 }
    }
    let (encoder, pool) = (try PromptEncoder(DefaultModel.directory()), ThreadPool(threads: 1))
    let expected = try encoder.encode(separating: Recording(samples, channels: 2), pool: pool)
    #expect(expected.vocal.codes.count == 1)
    #expect(try encoder.encode(separating: song.song, pool: pool) == expected)
    // Stems need no parting, and begin where they are told to.
    let vocal = try loader.load(
      .init(vocal: reader(0.5)), excerpt: Excerpt(start: 1400.0 / 48_000)
    ) { _ in }
    #expect(vocal.origin == .single)
    #expect(vocal.frames == 2600)
  }

  @Test func theShorterCountsAndWhatLiesBeyondIsRefused() throws {
    let stems = try loader.load(
      .init(vocal: reader(0.25, frames: 3000), accompaniment: reader(0.5)), excerpt: Excerpt()
    ) { _ in }
    #expect(stems.frames == 3000)
    #expect(throws: ReferenceFailure.self) {
      try loader.load(.init(song: reader(0.5)), excerpt: Excerpt(start: 5)) { _ in }
    }
    #expect(throws: ReferenceFailure.self) { try loader.load(.init(), excerpt: Excerpt()) { _ in } }
  }
}
