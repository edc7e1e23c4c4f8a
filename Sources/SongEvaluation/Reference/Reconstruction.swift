import Fourier
import Glibc

/// How near a sound is to the one that it was made from, sample by sample and frame by frame: for
/// codecs, whose output keeps the time of its input.
///
/// - The signal-to-noise ratio is the power of the reference over that of the difference, in dB;
///   scale-invariant, the sound is first multiplied by what makes the difference smallest (Le Roux and
///   others 2019).
/// - The log-spectral distance (Gray, Markel 1976) is the root mean square, over frequency, of the
///   difference of both power spectra in dB, in the mean over the windows of 43 ms or more in which the
///   reference is above -60 dB. Nothing counts as lower than -100 dB.
/// - The pitch error is the root mean square of the distance in cents where both have a pitch; beside it
///   stands the share of moments at which only one of both has one.
public final class Reconstruction {
  /// What was measured; nil where there is nothing to compare.
  public struct Result: Sendable, Hashable {
    public var snr: Double?
    public var scaleInvariantSNR: Double?
    public var logSpectralDistance: Double?
    public var pitchError: Double?
    public var voicingError: Double?
    /// By how many seconds the sound is longer than the reference.
    public var surplus = 0.0
  }

  private let rate: Double
  private let spectrum: Spectrum
  private let pitch: PitchTracker
  private let referencePitch: PitchTracker
  private var slicer: WindowSlicer
  private var referenceSlicer: WindowSlicer
  private var waiting: (sound: [Float], reference: [Float]) = ([], [])
  private var frames = (sound: 0, reference: 0)
  private var sums = (sound: 0.0, reference: 0.0, both: 0.0)
  private var distance = 0.0
  private var windows = 0

  /// - Returns: `nil` for a rate below 4000 Hz.
  public init?(sampleRate: Int) {
    var size = 64
    while Double(size) < 0.04 * Double(sampleRate) { size *= 2 }
    guard let spectrum = Spectrum(size: size), let pitch = PitchTracker(sampleRate: sampleRate),
      let referencePitch = PitchTracker(sampleRate: sampleRate)
    else { return nil }
    rate = Double(sampleRate)
    self.spectrum = spectrum
    self.pitch = pitch
    self.referencePitch = referencePitch
    slicer = WindowSlicer(size: size, hop: size / 2)
    referenceSlicer = slicer
  }

  /// Takes mono samples of the sound; the reference may come earlier or later.
  public func add(sound samples: [Float]) {
    frames.sound += samples.count
    waiting.sound += samples
    run()
  }

  /// Takes mono samples of the reference.
  public func add(reference samples: [Float]) {
    frames.reference += samples.count
    waiting.reference += samples
    run()
  }

  /// Counts samples of the reference behind the end of the sound.
  public func skip(referenceFrames count: Int) { frames.reference += count }

  /// How many samples of the reference are needed before more is compared.
  public var referenceNeeded: Int { max(0, frames.sound - frames.reference) }

  private func run() {
    let count = min(waiting.sound.count, waiting.reference.count)
    guard count > 0 else { return }
    let (sound, reference) = (Array(waiting.sound[..<count]), Array(waiting.reference[..<count]))
    waiting.sound.removeFirst(count)
    waiting.reference.removeFirst(count)
    for index in 0..<count {
      let (a, b) = (Double(sound[index]), Double(reference[index]))
      sums.sound += a * a
      sums.reference += b * b
      sums.both += a * b
    }
    var (windows, references): ([[Float]], [[Float]]) = ([], [])
    sound.withUnsafeBufferPointer {
      pitch.add($0)
      slicer.add($0) { windows.append($0) }
    }
    reference.withUnsafeBufferPointer {
      referencePitch.add($0)
      referenceSlicer.add($0) { references.append($0) }
    }
    for (one, other) in zip(windows, references) { compare(one, other) }
  }

  private func compare(_ sound: [Float], _ reference: [Float]) {
    let power = reference.reduce(0) { $0 + $1 * $1 } / Float(reference.count)
    guard power > SilenceFinder.threshold else { return }
    var powers = [Float](repeating: 1e-10, count: spectrum.size / 2 + 1)
    var references = powers
    spectrum.add(sound, weight: 1, to: &powers)
    spectrum.add(reference, weight: 1, to: &references)
    var sum = 0.0
    for (a, b) in zip(powers, references) {
      let decibels = 10 * log10(Double(a) / Double(b))
      sum += decibels * decibels
    }
    distance += (sum / Double(powers.count)).squareRoot()
    windows += 1
  }

  /// Ends both and compares.
  public func finish() -> Result {
    var result = Result()
    pitch.finish()
    referencePitch.finish()
    let noise = sums.reference + sums.sound - 2 * sums.both
    if sums.reference > 1e-12 {
      result.snr = 10 * log10(sums.reference / max(noise, sums.reference * 1e-12))
    }
    if sums.sound > 1e-12, sums.reference > 1e-12 {
      let shared = sums.both * sums.both / (sums.sound * sums.reference)
      result.scaleInvariantSNR = 10 * log10(max(shared, 1e-12) / max(1 - shared, 1e-12))
    }
    if windows > 0 { result.logSpectralDistance = distance / Double(windows) }
    var (squares, both, either) = (0.0, 0, 0)
    for (one, other) in zip(pitch.frequencies, referencePitch.frequencies) {
      if one > 0 && other > 0 {
        let cents = 1200 * log2(Double(one) / Double(other))
        squares += cents * cents
        both += 1
      }
      if one > 0 || other > 0 { either += 1 }
    }
    if both > 0 { result.pitchError = (squares / Double(both)).squareRoot() }
    if either > 0 { result.voicingError = Double(either - both) / Double(either) }
    result.surplus = Double(frames.sound - frames.reference) / rate
    return result
  }
}
