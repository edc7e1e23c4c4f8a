import AudioIO
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
