/// Plays a spooled mix through fade, gain and limiter, piece by piece.
public struct MasterPlayer {
  private let spool: SampleSpool
  private let fade: Fade
  /// Factors before and after the limiter.
  private let gain: Float
  private let trim: Float
  private let limiter: Limiter?
  private var position = 0
  private var ended = false
  private var block = [Float](repeating: 0, count: 2 * 4096)

  init(_ spool: SampleSpool, fade: Fade, gain: Double, trim: Double, limiter: Limiter?) {
    self.spool = spool
    self.fade = fade
    self.gain = Float(factor(decibels: gain))
    self.trim = Float(factor(decibels: trim))
    self.limiter = limiter
  }

  /// The least gain of the limiter so far, as a factor.
  var leastGain: Double { limiter?.leastGain ?? 1 }

  /// The next interleaved stereo frames, nil after the last.
  ///
  /// - Throws: ``MixingFailure`` when the spool cannot be read.
  public mutating func next() throws(MixingFailure) -> [Float]? {
    while !ended {
      var samples = try read()
      if samples.isEmpty {
        ended = true
        samples = limiter?.finish() ?? []
      } else if let limiter {
        samples = samples.withUnsafeBufferPointer { limiter.process($0) }
      }
      if samples.isEmpty { continue }
      if trim != 1 { for index in samples.indices { samples[index] *= trim } }
      return samples
    }
    return nil
  }

  private mutating func read() throws(MixingFailure) -> [Float] {
    var failure: MixingFailure?
    let (start, gain, fade) = (position, gain, fade)
    let count = block.withUnsafeMutableBufferPointer { block in
      do throws(MixingFailure) {
        let count = try spool.read(from: start, into: block)
        let part = UnsafeMutableBufferPointer(rebasing: block[..<(count * 2)])
        fade.apply(to: part, from: start)
        if gain != 1 { for index in part.indices { part[index] *= gain } }
        return count
      } catch {
        failure = error
        return 0
      }
    }
    if let failure { throw failure }
    position += count
    return Array(block[..<(count * 2)])
  }
}
