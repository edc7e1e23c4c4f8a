import Glibc
import Mixing

/// The analysis of one song while its samples come.
///
///     let analysis = try SongAnalysis(sampleRate: 48000, channels: 2, vocal: 2, accompaniment: 2)
///     analysis.add(programme: samples)
///     analysis.add(vocal: samples)
///     let figures = analysis.finish()
public final class SongAnalysis {
  private let rate: Int
  private let channels: Int
  private let vocalChannels: Int?
  private let accompanimentChannels: Int?

  private let meter: LoudnessMeter
  private let vocalMeter: LoudnessMeter?
  private let accompanimentMeter: LoudnessMeter?
  private var clipping: ClippingCounter
  private var silence: SilenceFinder
  private var onsets: OnsetEnvelope?
  private var features: FeatureFrames?
  private let pitch: PitchTracker?
  private let likeness: StemLikeness?
  private let reconstruction: Reconstruction?
  private var frames = 0

  /// - Parameters:
  ///   - sampleRate: Hz, of everything.
  ///   - channels: Of the song.
  ///   - vocal: Channels of the vocal stem, if one will come.
  ///   - accompaniment: Channels of the accompaniment, if one will come.
  ///   - comparing: Whether a reference will come.
  /// - Throws: `MixingFailure` when the rate is none at which loudness is measured.
  public init(
    sampleRate: Int, channels: Int, vocal: Int? = nil, accompaniment: Int? = nil,
    comparing: Bool = false
  ) throws {
    rate = sampleRate
    self.channels = channels
    vocalChannels = vocal
    accompanimentChannels = accompaniment
    func stemMeter(_ channels: Int?) throws -> LoudnessMeter? {
      try channels.map { try LoudnessMeter(sampleRate: sampleRate, channels: $0) }
    }
    meter = try LoudnessMeter(sampleRate: sampleRate, channels: channels, range: true)
    vocalMeter = try stemMeter(vocal)
    accompanimentMeter = try stemMeter(accompaniment)
    clipping = ClippingCounter(channels: channels)
    silence = SilenceFinder(sampleRate: sampleRate, channels: channels)
    onsets = OnsetEnvelope(sampleRate: sampleRate)
    features = FeatureFrames(sampleRate: sampleRate)
    pitch = PitchTracker(sampleRate: sampleRate)
    likeness = vocal != nil && accompaniment != nil ? StemLikeness() : nil
    reconstruction = comparing ? Reconstruction(sampleRate: sampleRate) : nil
  }

  /// Seconds of the song so far.
  public var seconds: Double { Double(frames) / Double(rate) }

  /// Takes samples of the song, interleaved.
  public func add(programme samples: UnsafeBufferPointer<Float>) {
    frames += samples.count / channels
    meter.add(samples)
    clipping.add(samples)
    silence.add(samples)
    let mono = monoMix(samples, channels: channels)
    mono.withUnsafeBufferPointer {
      onsets?.add($0)
      features?.add($0)
      if vocalChannels == nil { pitch?.add($0) }
    }
    reconstruction?.add(sound: mono)
  }

  /// Takes samples of the vocal, interleaved.
  public func add(vocal samples: UnsafeBufferPointer<Float>) {
    guard let vocalChannels else { return }
    vocalMeter?.add(samples)
    let mono = monoMix(samples, channels: vocalChannels)
    mono.withUnsafeBufferPointer { pitch?.add($0) }
    likeness?.add(vocal: mono)
  }

  /// Takes samples of the accompaniment, interleaved.
  public func add(accompaniment samples: UnsafeBufferPointer<Float>) {
    guard let accompanimentChannels else { return }
    accompanimentMeter?.add(samples)
    likeness?.add(accompaniment: monoMix(samples, channels: accompanimentChannels))
  }

  /// How many mono samples of the reference are to come before more can be compared.
  public var referenceNeeded: Int { reconstruction?.referenceNeeded ?? 0 }

  /// Takes mono samples of the reference, at the song's rate.
  public func add(reference samples: [Float]) {
    reconstruction?.add(reference: samples.map(bounded))
  }

  /// Counts mono samples of the reference behind the end of the song.
  public func skip(referenceFrames count: Int) { reconstruction?.skip(referenceFrames: count) }

  /// Ends the song.
  public func finish() -> SongFigures {
    onsets?.finish()
    features?.finish()
    pitch?.finish()
    var figures = SongFigures()
    figures.seconds = seconds
    figures.sampleRate = rate
    figures.loudness = meter.loudness
    figures.loudnessRange = meter.loudnessRange
    figures.truePeak = decibels(meter.truePeak)
    figures.clipping = clipping
    figures.silence = silence.finish()
    figures.hasVocal = vocalChannels != nil
    if let onsets, figures.silence.hasSound {
      figures.tempo = TempoEstimate(onsets: onsets.values, period: onsets.period)
    }
    if let features { take(features, into: &figures) }
    if let pitch {
      figures.pitchTrack = pitch.frequencies
      figures.pitchPeriod = pitch.period
      figures.pitch = PitchStatistics(pitch.frequencies)
    }
    if let vocal = vocalMeter?.loudness, let other = accompanimentMeter?.loudness {
      figures.balance = vocal - other
    }
    figures.stemCorrelation = likeness?.correlation
    figures.stemCoherence = likeness?.coherence
    figures.reconstruction = reconstruction?.finish()
    return figures
  }

  private func take(_ features: FeatureFrames, into figures: inout SongFigures) {
    let loops = LoopFinder(
      levels: features.levels, bands: FeatureFrames.bands, period: features.period)
    figures.loop = loops.longest
    figures.loopShare = loops.share
    figures.borders =
      SectionBorders(
        levels: features.levels, bands: FeatureFrames.bands, chroma: features.chroma,
        period: features.period
      ).seconds
    var chroma = [Double](repeating: 0, count: FeatureFrames.classes)
    for index in features.chroma.indices {
      chroma[index % FeatureFrames.classes] += Double(features.chroma[index])
    }
    if figures.silence.hasSound { figures.key = KeyEstimate(chroma: chroma) }
  }
}
