import Foundation

/// Signals whose true figures are known.
enum Signal {
  /// A reproducible source of numbers from -1 to 1.
  struct Noise {
    var state: UInt64

    init(_ seed: UInt64) { state = seed &* 2 &+ 1 }

    mutating func next() -> Float {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Float(state >> 40) / Float(1 << 23) - 1
    }
  }

  /// Short bursts at a tempo.
  static func clicks(bpm: Double, seconds: Double, rate: Int, level: Float = 0.5) -> [Float] {
    var samples = [Float](repeating: 0, count: Int(seconds * Double(rate)))
    var noise = Noise(7)
    var beat = 0.0
    while beat < seconds {
      let start = Int((beat * Double(rate)).rounded())
      for index in 0..<rate / 50 where start + index < samples.count {
        samples[start + index] += level * noise.next() * exp(-Float(index) / Float(rate / 200))
      }
      beat += 60 / bpm
    }
    return samples
  }

  /// A voice of ten harmonics, each half as loud as the one before, with vibrato.
  static func voice(
    _ frequency: Double, seconds: Double, rate: Int, level: Double = 0.3, vibrato: Double = 0
  ) -> [Float] {
    var phase = 0.0
    return (0..<Int(seconds * Double(rate))).map { index in
      let time = Double(index) / Double(rate)
      let cents = vibrato * sin(2 * .pi * 5.5 * time)
      phase += frequency * pow(2, cents / 1200) / Double(rate)
      var sum = 0.0
      for harmonic in 1...10 where Double(harmonic) * frequency < Double(rate) / 2 {
        sum += sin(2 * .pi * Double(harmonic) * phase) * pow(0.5, Double(harmonic - 1))
      }
      return Float(level * sum)
    }
  }

  /// Notes one after the other, in Hz.
  static func melody(_ notes: [Double], each seconds: Double, rate: Int, level: Double = 0.3)
    -> [Float]
  {
    notes.flatMap { note in
      voice(note, seconds: seconds, rate: rate, level: level).enumerated().map { index, sample in
        let length = Int(seconds * Double(rate))
        let edge = Float(min(index, length - index)) / Float(rate / 100)
        return sample * min(1, edge)
      }
    }
  }

  /// The frequency of a MIDI note.
  static func note(_ number: Int) -> Double { 440 * pow(2, Double(number - 69) / 12) }

  /// Sound that changes all the time: tones of random pitch and length over noise.
  static func events(seed: UInt64, seconds: Double, rate: Int) -> [Float] {
    var noise = Noise(seed)
    var samples: [Float] = []
    let count = Int(seconds * Double(rate))
    while samples.count < count {
      let frequency = 150 * pow(2, 2.5 * Double(noise.next() + 1))
      let length = 0.1 + 0.15 * Double(noise.next() + 1)
      let hiss = 0.1 * (noise.next() + 1)
      let tone = melody([frequency], each: length, rate: rate, level: 0.2)
      for sample in tone { samples.append(sample + hiss * noise.next()) }
    }
    return Array(samples.prefix(count))
  }

  static func scaled(_ samples: [Float], _ gain: Float) -> [Float] { samples.map { $0 * gain } }

  static func sum(_ one: [Float], _ other: [Float]) -> [Float] { zip(one, other).map { $0 + $1 } }
}
