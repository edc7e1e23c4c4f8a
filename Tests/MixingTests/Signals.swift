import Foundation
import Mixing

/// Stereo frames of a sine on both channels.
func sine(
  _ frequency: Double, decibels level: Double, seconds: Double, rate: Int = 48000,
  phase: Double = 0
) -> [Float] {
  let peak = factor(decibels: level)
  return (0..<Int(seconds * Double(rate))).flatMap { frame in
    let value = Float(peak * sin(2 * .pi * frequency * Double(frame) / Double(rate) + phase))
    return [value, value]
  }
}

/// Stereo noise with bursts: something for a limiter to do.
func bursts(seconds: Double, rate: Int = 48000) -> [Float] {
  var state: UInt64 = 1
  func uniform() -> Float {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Float(state >> 40) / Float(1 << 23) - 1
  }
  return (0..<Int(seconds * Double(rate))).flatMap { frame in
    let loud: Float = frame % (rate / 2) < rate / 20 ? 0.9 : 0.05
    return [uniform() * loud, uniform() * loud]
  }
}

/// A spool that holds `samples`.
func spool(_ samples: [Float]) throws -> SampleSpool {
  let spool = try SampleSpool()
  try spool.append(samples)
  return spool
}

/// All that a mastering plays.
func all(_ mastering: Mastering) throws -> [Float] {
  var player = mastering.player()
  var result: [Float] = []
  while let samples = try player.next() { result += samples }
  return result
}

/// Loudness and true peak of `samples`, measured anew.
func measure(_ samples: [Float], rate: Int = 48000) throws -> (loudness: Double?, peak: Double) {
  let meter = try LoudnessMeter(sampleRate: rate)
  samples.withUnsafeBufferPointer { meter.add($0) }
  return (meter.loudness, decibels(meter.truePeak))
}
