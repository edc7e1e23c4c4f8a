/// When the words of a song are sung.
public struct WordTimes: Sendable, Hashable {
  public struct Word: Sendable, Hashable {
    public let text: String
    /// Seconds.
    public let start: Double
  }

  public let words: [Word]
  /// Whether the times are known; otherwise the words are spread evenly over the moments that have a
  /// pitch, which is no more than an aid to the eye.
  public let areKnown: Bool

  /// Spreads words over a pitch track.
  ///
  /// - Parameters:
  ///   - pitch: Hz every `period` seconds; 0 where there is no pitch.
  public init(_ words: [String], over pitch: [Float], period: Double) {
    let voiced = pitch.indices.filter { pitch[$0] > 0 }
    areKnown = false
    self.words = words.enumerated().compactMap { index, word in
      let place = index * voiced.count / max(1, words.count)
      return voiced.indices.contains(place)
        ? Word(text: word, start: Double(voiced[place]) * period) : nil
    }
  }

  /// Places words by labels that say which phone of the song is sung in each frame.
  ///
  /// - Parameters:
  ///   - words: Each with how many phones it has.
  ///   - ordinals: For each frame 0 for nothing, else 1 and the index of the phone in the song.
  ///   - rate: Frames per second.
  public init(_ words: [(text: String, phones: Int)], ordinals: [UInt32], rate: Double) {
    var firsts: [Int: Int] = [:]
    for (frame, ordinal) in ordinals.enumerated() where ordinal > 0 {
      if firsts[Int(ordinal) - 1] == nil { firsts[Int(ordinal) - 1] = frame }
    }
    areKnown = true
    var phone = 0
    var result: [Word] = []
    for word in words {
      // The first of its phones that is sung.
      let frame = (phone..<phone + max(0, word.phones)).lazy.compactMap { firsts[$0] }.first
      if let frame { result.append(Word(text: word.text, start: Double(frame) / rate)) }
      phone += max(0, word.phones)
    }
    self.words = result
  }
}
