import TokenReading

/// Songs of tokens whose meaning is known: 400 codes, ten for each phone state, of which the last
/// nine are sung at three pitches each.
enum Synthetic {
  static let codes = 400
  static let tags = [["female", "male"], ["pop", "rock"]]

  struct Random {
    var state: UInt64
    mutating func next(_ below: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(below))
    }
  }

  /// The song of a phone text: each phone three frames, lines padded to their bars, one beat of
  /// silence at least where a line ends.
  static func song(
    _ text: String, beat: Int, female: Bool = true, pop: Bool = true, seed: UInt64 = 1,
    third: Int = 0
  ) -> SongTokens {
    var random = Random(state: seed)
    let plan = SungPlan(phoneText: text)
    var states: [UInt8] = []
    for section in plan.sections {
      let end = states.count + section.bars * 4 * beat
      for line in section.lines {
        let lineEnd =
          states.count
          + SungPlan(phoneText: SungPlan.text(line)).bars * 4 * beat
        for phone in line { states += [phone, phone, phone] }
        states += Array(repeating: 0, count: max(0, lineEnd - states.count))
      }
      states += Array(repeating: 0, count: max(0, end - states.count))
    }
    var pitches: [UInt16] = []
    let vocal = states.map { state -> UInt16 in
      // Voices have codes of their own; of these, each has one of three pitches.
      let pick = random.next(3)
      pitches.append(state == 0 ? 0 : UInt16(20 + 2 * (pick + third)))
      return UInt16(Int(state) * 10 + (state == 0 ? 0 : (female ? 1 : 5) + pick))
    }
    let accompaniment = states.indices.map { frame -> UInt16 in
      let style = pop ? 0 : 200
      return frame.isMultiple(of: beat)
        ? UInt16(style + random.next(8)) : UInt16(style + 20 + random.next(100))
    }
    return SongTokens(
      mixed: vocal, vocal: vocal, accompaniment: accompaniment, phones: states.map { UInt16($0) },
      pitches: pitches)
  }

  static func description(beat: Int, female: Bool = true, pop: Bool = true) -> String {
    "\(female ? "female" : "male"), \(pop ? "pop" : "rock"), the bpm is "
      + "\((1500 + beat / 2) / beat)"
  }

  static let texts = [
    "[verse] S IH L V ER M AO R N IH NG , W AO K AA N ; [outro-short]",
    "[intro-short] ; [chorus] HH EH L OW S AH N , M UW N AY T ; [inst-medium] ; [verse] B OY Z",
    "[verse] DH AH W UH D Z AA R G R IY N , F AE JH TH AW CH ; [bridge] P EY ZH Y UW",
  ]

  /// Statistics over many such songs.
  static func statistics() throws -> TokenStatistics {
    var counts = try LabelledCounts(codes: codes, tags: tags)
    for seed in 0..<48 {
      let beat = TokenStatistics.beats[seed % 4]
      let (female, pop) = (seed % 2 == 0, seed % 3 == 0)
      try counts.add(
        song(texts[seed % 3], beat: beat, female: female, pop: pop, seed: UInt64(seed)),
        description: StyleTags(description(beat: beat, female: female, pop: pop)))
    }
    return try counts.finished()
  }
}
