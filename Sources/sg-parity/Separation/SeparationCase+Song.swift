import Separation
import Weights

extension SeparationCase {
  /// Whole songs in segments (`htdemucs_apply`): without a shift, with the one that the reference drew, and
  /// with the level of the song taken away and given back.
  func songs() throws {
    let song = try stereo("in")
    let frames = song.count / 2
    // These two take samples as they are: a level of 0 and 1 is what they have already.
    let bare = SongLevel(frames: frames, mean: 0, deviation: 1)
    for (shift, name, stems) in [
      (Shift.none, "shifts0.vocal_and_drums", ["drums", "vocal"]),
      (.fixed(set.shift_draw.offset), "shifts1.vocal", ["vocal"]),
    ] {
      let ours = try separate(song, .init(stems: stems, shift: shift), level: bare)
      for stem in stems.indices {
        compare("\(name) \(stems[stem])", ours[stem], try stereo(name, stem))
      }
    }
    let level = try SongLevel(SampleArray(song))
    compare(
      "separate.ref_mean_std", [level.mean, level.deviation],
      try tensors.array("separate.ref_mean_std"))
    let options = SongSeparator<SampleArray>.Options(shift: .fixed(set.separate.offset))
    let vocal = try separate(song, options)[0]
    compare("separate.vocal_before_save", vocal, try stereo("separate.vocal_before_save"))
    // A part is the same as in the whole.
    var part = options
    part.range = frames / 3..<frames / 2
    report(
      ParityCase(
        name: "\(title) range",
        difference: Comparison.difference(
          try separate(song, part)[0], Array(vocal[2 * (frames / 3)..<2 * (frames / 2)])),
        tolerance: 0))
  }

  private func separate(
    _ song: [Float], _ options: SongSeparator<SampleArray>.Options, level: SongLevel? = nil
  ) throws -> [[Float]] {
    let separator = try SongSeparator(
      model, SampleArray(song), options: options, level: level, pool: pool)
    var result = options.stems.map { _ in [Float]() }
    while let block = try separator.next() {
      for (index, part) in block.stems.enumerated() { result[index] += part }
    }
    return result
  }
}
