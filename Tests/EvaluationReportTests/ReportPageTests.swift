import EvaluationReport
import Foundation
import SongEvaluation
import Testing

@Suite struct ReportPageTests {
  private func figures() -> SongFigures {
    var figures = SongFigures()
    figures.seconds = 45
    figures.sampleRate = 48000
    figures.silence.hasSound = true
    figures.borders = [12, 31]
    figures.knownBorders = [11.5]
    figures.pitchTrack = (0..<4500).map { $0 % 500 < 400 ? 220 + Float($0 % 40) : 0 }
    figures.pitch = PitchStatistics(figures.pitchTrack)
    return figures
  }

  private func page(id: String, origin: String, words: [String], count: Int = 2) -> String {
    let figures = figures()
    let song = ReportSong(
      id: id, origin: origin, figures: figures, score: 0.5,
      pictures: [ReportSong.Picture(title: id, png: [1, 2, 3])],
      words: WordTimes(words, over: figures.pitchTrack, period: 0.01), sections: [id])
    let entries = (0..<count).map {
      ReportPage.Entry(id: id, anchor: "song\($0)", figures: figures, score: Double($0))
    }
    return ReportPage.head(entries, generator: "test") + song.section(anchor: "song0")
      + ReportPage.foot(generator: "test")
  }

  @Test func whateverASongIsCalledStaysText() {
    let hostile = "</title><script>alert(1)</script>\" onload='x' & \u{202E}\u{7} <img src=x>"
    let text = page(id: hostile, origin: hostile, words: [hostile, "<b>"])
    #expect(!text.contains("<script") && !text.contains("<img src=x") && !text.contains("<b>"))
    #expect(!text.contains("onload='") && !text.unicodeScalars.contains("\u{202E}"))
    #expect(!text.unicodeScalars.contains("\u{7}"))
    #expect(text.contains("&lt;script&gt;"))
  }

  @Test func nothingIsLoadedFromElsewhere() {
    let text = page(id: "walk", origin: "song.flac", words: ["silver", "wolf"])
    for word in ["http:", "https:", "//", "<script", "<link", "@import", "url("] {
      #expect(!text.contains(word), "\(word)")
    }
    #expect(text.contains("default-src 'none'"))
    #expect(text.contains("data:image/png;base64,AQID"))
  }

  @Test func theChartHasAStripForTwentySeconds() {
    let text = page(id: "walk", origin: "", words: ["silver", "wolf"])
    #expect(text.components(separatedBy: "<g transform").count == 4)
    #expect(text.contains(">silver</text>") && text.contains(">wolf</text>"))
    #expect(text.contains("their times are not known"))
    #expect(text.components(separatedBy: "class=\"known\"").count == 2)
  }

  @Test func theBestSongComesFirst() throws {
    let text = page(id: "walk", origin: "", words: [])
    let first = try #require(text.range(of: "#song1"))
    let second = try #require(text.range(of: "#song0"))
    #expect(first.lowerBound < second.lowerBound)
    #expect(!page(id: "walk", origin: "", words: [], count: 1).contains("<table"))
  }

  @Test func wordsStandWhereTheirPhonesAreSung() {
    let ordinals: [UInt32] = [0, 0, 1, 1, 2, 3, 3, 0, 5, 6, 0]
    let times = WordTimes(
      [("one", 2), ("two", 1), ("lost", 1), ("three", 2)], ordinals: ordinals, rate: 10)
    #expect(times.words.map(\.text) == ["one", "two", "three"])
    #expect(times.words.map(\.start) == [0.2, 0.5, 0.8])
    #expect(times.areKnown)
  }
}
