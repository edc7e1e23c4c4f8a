import Foundation
import Lyrics
import SongEvaluation
import Testing

/// A song and a worse one.
@Suite struct RankingTests {
  private static let rate = 24000

  struct Song {
    var vocal: [Float]
    var band: [Float]
    var ended = true
  }

  /// A voice that sings other notes all the time, in tune, over clicks and chords at 96 bpm.
  private static func song(_ seed: UInt64) -> Song {
    var noise = Signal.Noise(seed)
    func draw(_ count: Int) -> Int { Int(Float(count) * (noise.next() + 1) / 2.0001) }
    let scale = [57, 59, 61, 62, 64, 66, 68, 69]
    let notes = (0..<32).map { _ in Signal.note(scale[draw(8)]) }
    let vocal = Signal.melody(notes, each: 0.625, rate: rate, level: 0.15)
    let chords = Signal.melody(
      (0..<16).map { _ in Signal.note(33 + [0, 5, 7, 9][draw(4)]) }, each: 1.25, rate: rate,
      level: 0.12)
    let clicks = Signal.clicks(bpm: 96, seconds: 20, rate: rate, level: 0.3)
    return Song(vocal: vocal, band: Signal.sum(clicks, chords))
  }

  private static func damaged(_ song: Song, _ kind: Int) -> Song {
    var song = song
    let rate = Self.rate
    switch kind {
    case 0:  // clipped
      song.vocal = song.vocal.map { min(1, max(-1, $0 * 8)) }
      song.band = song.band.map { _ in 0 }
    case 1:  // a hole
      for index in 8 * rate..<13 * rate { (song.vocal[index], song.band[index]) = (0, 0) }
    case 2:  // stuck
      for index in 4 * rate..<song.vocal.count {
        song.vocal[index] = song.vocal[index - 5 * rate / 2]
        song.band[index] = song.band[index - 5 * rate / 2]
      }
    case 3:  // another tempo
      song.band = Signal.clicks(bpm: 84, seconds: 20, rate: rate, level: 0.3)
    case 4:  // no voice
      var noise = Signal.Noise(99)
      song.vocal = song.vocal.map { _ in 0.05 * noise.next() }
    case 5:  // off the scale: faster by a varying third of a semitone
      song.vocal = (0..<32).flatMap { step -> [Float] in
        let part = Array(song.vocal[(step * 15_000)..<((step + 1) * 15_000)])
        let factor = pow(2, [0.05, 0.45, 0.3, 0.15][step % 4] / 12)
        return (0..<15_000).map { part[min(14_999, Int(Double($0) * factor))] }
      }
    case 6:  // a voice that cannot be heard
      song.vocal = Signal.scaled(song.vocal, 0.04)
    case 7:  // stems that are not apart
      song.vocal = Signal.sum(song.vocal, song.band)
    default:  // cut off
      song.ended = false
    }
    return song
  }

  private static func score(_ song: Song) throws -> Double {
    var figures = try figures(
      Signal.sum(song.vocal, song.band).map { min(1, max(-1, $0)) }, vocal: song.vocal,
      accompaniment: song.band, rate: rate)
    figures.compare(
      with: RequestWishes(
        Request(id: "a", lyrics: "[verse] la", description: "the bpm is 96")))
    figures.hasEnded = song.ended
    return Ranking().score(figures)
  }

  @Test func theBetterOfPlantedPairs() throws {
    var right = 0
    for pair in 0..<20 {
      let good = Self.song(UInt64(pair + 1))
      let (better, worse) = try (Self.score(good), Self.score(Self.damaged(good, pair % 9)))
      if better > worse { right += 1 }
    }
    #expect(right >= 19, "\(right) of 20")
  }

  @Test func weightsChooseWhatCounts() throws {
    var figures = SongFigures()
    figures.seconds = 10
    figures.silence.hasSound = true
    figures.hasEnded = false
    figures.loopShare = 0.25
    #expect(Ranking(weights: [.ending: 1]).score(figures) == 0)
    #expect(Ranking(weights: [.loop: 2]).score(figures) == 0.75)
    #expect(Ranking(weights: [.loop: 1, .ending: 3]).score(figures) == 0.1875)
    #expect(Ranking(weights: [.words: 1]).score(figures) == 0)
    #expect(Ranking(weights: [:]).score(figures) == 0)
  }
}
