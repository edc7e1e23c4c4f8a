import Testing
import TokenReading

@Suite struct PhoneErrorsTests {
  /// Worked by hand.
  @Test(arguments: [
    ("", "", 0), ("S IH L", "S IH L", 0), ("", "S IH L", 3), ("S IH L", "", 3),
    ("S L", "S IH L", 1), ("S IH IH L", "S IH L", 1), ("S EH L", "S IH L", 1),
    ("IH S L", "S IH L", 2), ("L IH S", "S IH L", 2), ("S IH L S IH L", "S IH L", 3),
  ])
  func countsTheFewestChanges(_ read: String, _ wanted: String, _ errors: Int) {
    let phones = { SungPlan(phoneText: $0).phones }
    let result = PhoneErrors(phones(read), of: phones(wanted))
    #expect(result.errors == errors && result.phones == phones(wanted).count)
    #expect(result.rate == (wanted.isEmpty ? nil : Double(errors) / Double(result.phones)))
  }
}

@Suite struct SungPlanTests {
  @Test func sectionsLinesAndBars() {
    let plan = SungPlan(
      phoneText:
        "[intro-medium] ; [verse] S IH L V ER , AY AY AY AY AY ; [inst-short] ; [chorus] M ; [outro-long]"
    )
    #expect(
      plan.sections.map(\.label) == [
        "[intro-medium]", "[verse]", "[inst-short]", "[chorus]", "[outro-long]",
      ])
    #expect(plan.sections.map(\.bars) == [2, 3, 1, 1, 4] && plan.bars == 11)
    #expect(plan.sections.map(\.isSung) == [false, true, false, true, false])
    #expect(plan.frames(ofSections: 40) == [0..<80, 80..<200, 200..<240, 240..<280, 280..<440])
    #expect(SungPlan.text(plan.phones) == "S IH L V ER AY AY AY AY AY M")
    #expect(SungPlan.text(plan.readablePhones) == "S IH L V ER AY M")
  }

  @Test func whatIsNoPhoneCountsForNothing() {
    #expect(SungPlan(phoneText: "").bars == 0)
    #expect(SungPlan(phoneText: "[verse] hello Q1 S ; ; ,").phones.count == 1)
    #expect(SungPlan(phoneText: "S , IH").sections.map(\.lines.count) == [2])
  }
}

@Suite struct PhoneReaderTests {
  @Test func readsBackWhatIsSung() throws {
    let statistics = try Synthetic.statistics()
    let readers = TokenReaders(statistics)
    for text in Synthetic.texts {
      let song = Synthetic.song(text, beat: 12, seed: 99)
      let states = readers.vocalPhones.states(song.vocal)
      #expect(states.map { UInt16($0) } == song.phones)
      #expect(PhoneReader.phones(states) == SungPlan(phoneText: text).readablePhones)
    }
  }

  /// Single frames of another phone are unlikely: the path goes over them.
  @Test func transitionsOutvoteASingleFrame() throws {
    let reader = TokenReaders(try Synthetic.statistics()).vocalPhones
    var song = Synthetic.song("[verse] S IH L V ER", beat: 12, seed: 3).vocal
    song[4] = 20_000
    let read = PhoneReader.phones(reader.states(song))
    #expect(SungPlan.text(read) == "S IH L V ER", "a token that is no code says nothing")
    #expect(reader.states([]).isEmpty)
    #expect(reader.states(Array(repeating: 65_535, count: 10)).allSatisfy { $0 == 0 })
  }
}
