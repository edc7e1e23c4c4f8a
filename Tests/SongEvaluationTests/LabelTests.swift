import Lyrics
import SongEvaluation
import Testing

@Suite struct LabelTests {
  @Test func sectionsFrameByFrame() {
    #expect(SectionTrack.borders([0, 1, 1, 1, 0, 2, 2, 3], rate: 2) == [2.5, 3.5])
    #expect(SectionTrack.borders([], rate: 25).isEmpty)
  }

  @Test func annotationsAsText() {
    #expect(SectionTrack.borders(text: "0.0 5.5 intro\n5.5\tverse\n\n20 chorus\n") == [5.5, 20])
    #expect(SectionTrack.borders(text: "") == [])
    for bad in ["verse 1", "-1 a", "nan a", "1e999 a", "inf", "\u{0}"] {
      #expect(SectionTrack.borders(text: bad) == nil, "\(bad)")
    }
    let long = String(repeating: "1 a\n", count: 10_001)
    #expect(SectionTrack.borders(text: long) == nil)
  }

  @Test func theTempoThatIsAskedFor() {
    func tempo(_ text: String?) -> Int? { Request(id: "a", lyrics: "", description: text).tempo }
    #expect(tempo("female, pop, the bpm is 96") == 96)
    #expect(tempo("tempo 120, sad") == 120)
    #expect(tempo("sad, 7 strings") == nil && tempo(nil) == nil && tempo("") == nil)
  }
}
