/// Sound in the making.
struct Stem: Sendable {
  /// What all levels of the band are multiplied with, so that it stays behind the voice.
  private static let gain: Float = 0.6

  private(set) var samples: [Float]

  init(frames: Int) { samples = [Float](repeating: 0, count: frames * Grid.hop) }

  /// Adds a sound that begins at `frame`.
  mutating func add(_ sound: [Float], _ level: Float, _ frame: Int) {
    let start = frame * Grid.hop
    let count = min(sound.count, samples.count - start)
    let level = level * Self.gain
    samples.withUnsafeMutableBufferPointer { samples in
      sound.withUnsafeBufferPointer { sound in
        for index in 0..<max(0, count) { samples[start + index] += level * sound[index] }
      }
    }
  }

  /// Adds notes of an instrument that begin at `frame`.
  ///
  /// - Parameter dying: whether they fade over their whole length, not only at its end.
  mutating func add(
    _ sounds: InstrumentSounds, _ notes: [Int], _ level: Float, _ frame: Int, _ frames: Int,
    dying: Bool = false
  ) {
    let wave = sounds.chord(notes)
    let start = frame * Grid.hop
    let count = min(frames * Grid.hop, samples.count - start, sounds.darkLevel.count)
    let level = level * Self.gain
    let fade = dying ? count : Timbre.release
    samples.withUnsafeMutableBufferPointer { samples in
      for begin in stride(from: 0, to: max(0, count), by: Grid.period) {
        // Phases are those of the song's beginning, not of the note's.
        let phase = (start + begin) % Grid.period
        for index in begin..<min(count, begin + Grid.period) {
          var place = phase + index - begin
          if place >= Grid.period { place -= Grid.period }
          let end = min(1, Float(count - index) / Float(fade))
          samples[start + index] +=
            level * end
            * (sounds.brightLevel[index] * wave.bright[place]
              + sounds.darkLevel[index] * wave.dark[place])
        }
      }
    }
  }
}
