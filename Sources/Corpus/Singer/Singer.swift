package import TextTokens

/// Sings a score: each phone is a steady wave, faded into the next at the frame's edge.
struct Singer: Sendable {
  /// Samples of a fade between two sounds, half of it before the edge.
  static let fade = 480
  /// Samples in which a burst sets in.
  static let attack = 96
  /// Samples by which the second of two vowels comes late, so that they are heard as two.
  static let glottalStop = 240
  /// Samples of the closure that a stop begins with.
  static let closure = Grid.hop / 2
  private static let ramp: [Float] = (0..<fade).map { index in
    let x = (Float(index) + 0.5) / Float(fade)
    return x * x * (3 - 2 * x)
  }

  private let waves: [Voice: SungWaves]

  /// Prepares the waves of both voices.
  init() {
    waves = Dictionary(uniqueKeysWithValues: Voice.allCases.map { ($0, SungWaves($0)) })
  }

  /// The vocal stem of a score, ``Grid/hop`` samples for each frame.
  func sing(_ score: Score) -> [Float] {
    var stem = [Float](repeating: 0, count: score.frames * Grid.hop)
    guard let waves = waves[score.style.voice] else { return stem }
    for layer in Self.layers(score, waves) {
      Self.add(layer, waves.samples, to: &stem)
    }
    return stem
  }

  /// A steady sound from one sample to another.
  private struct Layer {
    /// First sample of its wave.
    var wave: Int
    var gain: Float
    var start: Int
    var end: Int
    /// Samples in which it sets in.
    var rise = fade
  }

  private static func layers(_ score: Score, _ waves: SungWaves) -> [Layer] {
    var layers: [Layer] = []
    func add(_ wave: Int?, _ gain: Float, _ start: Int, _ end: Int, rise: Int = fade) {
      guard let wave, end > start else { return }
      layers.append(Layer(wave: wave, gain: gain, start: start, end: end, rise: rise))
    }
    var previous: Score.SungPhone?
    for sung in score.phones {
      let sound = PhoneSound.all[Int(sung.phone.number)]
      var start = sung.start * Grid.hop
      let end = (sung.start + sung.frames) * Grid.hop
      if sung.phone.isVowel {
        if sung.opensSyllable, previous?.phone.isVowel == true { start += glottalStop }
        let cuts = stages(sound.formants.count, sung)
        for (stage, cut) in cuts.enumerated() {
          add(
            waves.voice(sung.phone, pitch: sung.pitch, stage: stage), 1, max(start, cut.lowerBound),
            cut.upperBound)
        }
      } else if sound.isStop {
        add(waves.voice(sung.phone, pitch: sung.pitch), 1, start, start + closure)
        // What follows the burst in a longer stop is softer.
        let burst = start + Grid.hop
        let isAffricate = sung.phone.symbol == "CH" || sung.phone.symbol == "JH"
        add(
          waves.noise(sung.phone), 1, start + closure, isAffricate ? end : burst, rise: attack)
        if !isAffricate {
          add(waves.noise(sung.phone), 0.4, burst, end)
          add(waves.voice(sung.phone, pitch: sung.pitch), 2, burst, end)
        }
      } else {
        add(waves.voice(sung.phone, pitch: sung.pitch), 1, start, end)
        add(waves.noise(sung.phone), 1, start, end)
      }
      previous = sung
    }
    return layers
  }

  /// The samples of each stage of a vowel: a diphthong stays where it begins for half of it, is on
  /// its way for two frames, and stays where it ends.
  private static func stages(_ count: Int, _ sung: Score.SungPhone) -> [Range<Int>] {
    let (first, last) = (sung.start, sung.start + sung.frames)
    var edges = [first, last]
    if count == 3 {
      let begin = first + max(1, sung.frames / 2)
      edges = [first, min(begin, last), min(begin + (sung.frames > 4 ? 2 : 1), last), last]
    }
    return zip(edges, edges.dropFirst()).map { $0 * Grid.hop..<$1 * Grid.hop }
  }

  private static func add(_ layer: Layer, _ samples: [Float], to stem: inout [Float]) {
    let (late, half) = (layer.rise / 2, fade / 2)
    let (first, last) = (max(0, layer.start - late), min(stem.count, layer.end + half))
    stem.withUnsafeMutableBufferPointer { stem in
      samples.withUnsafeBufferPointer { samples in
        var index = first
        while index < last {
          // A run over which neither the wave starts anew nor a fade begins or ends.
          let phase = index % Grid.period
          var end = min(last, index + Grid.period - phase)
          let wave = layer.wave + phase - index
          if index < layer.start + late {
            end = min(end, layer.start + late)
            let (from, step) = (index - (layer.start - late), fade / layer.rise)
            for sample in index..<end {
              let level = layer.gain * ramp[step * (from + sample - index)]
              stem[sample] += level * samples[wave + sample]
            }
          } else if index >= layer.end - half {
            let from = index - (layer.end - half)
            for sample in index..<end {
              let level = layer.gain * ramp[fade - 1 - from - (sample - index)]
              stem[sample] += level * samples[wave + sample]
            }
          } else {
            end = min(end, layer.end - half)
            for sample in index..<end { stem[sample] += layer.gain * samples[wave + sample] }
          }
          index = end
        }
      }
    }
  }
}
