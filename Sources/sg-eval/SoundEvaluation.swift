import Diagnostics
import Pictures
import SongEvaluation
import SongStream
import ToolSupport

/// One song on its way from samples to figures.
final class SoundEvaluation {
  private let analysis: SongAnalysis
  private let settings: EvaluationSettings
  private let hasVocal: Bool
  private var sketches: [(name: String, sketch: SoundSketch)] = []
  private let reference: ReferenceSound?
  private let speech: SpeechFile?

  /// - Parameters:
  ///   - channels: Of the song.
  ///   - vocal: Channels of the vocal, if there is one.
  ///   - accompaniment: The same.
  init(
    sampleRate: Int, channels: Int, vocal: Int?, accompaniment: Int?,
    settings: EvaluationSettings
  ) throws {
    analysis = try SongAnalysis(
      sampleRate: sampleRate, channels: channels, vocal: vocal, accompaniment: accompaniment,
      comparing: settings.reference != nil)
    self.settings = settings
    hasVocal = vocal != nil
    reference = try settings.reference.map { try ReferenceSound($0, sampleRate: sampleRate) }
    speech =
      settings.listens
      ? try SpeechFile(sampleRate: sampleRate, channels: vocal ?? channels) : nil
    guard settings.draws else { return }
    var panels: [(String, Int)] = []
    if let vocal { panels.append(("vocal", vocal)) }
    if let accompaniment { panels.append(("accompaniment", accompaniment)) }
    if panels.isEmpty { panels.append(("mixed", channels)) }
    sketches = try panels.map {
      ($0.0, try SoundSketch(rate: Double(sampleRate), channels: $0.1))
    }
  }

  /// Seconds of the song so far.
  var seconds: Double { analysis.seconds }

  /// Takes samples of the song, interleaved.
  func take(programme samples: UnsafeBufferPointer<Float>) throws {
    analysis.add(programme: samples)
    sketch("mixed", samples)
    if !hasVocal { try speech?.take(samples) }
    while analysis.referenceNeeded > 0, let more = try reference?.next() {
      analysis.add(reference: more)
    }
    try checkLength()
  }

  /// Takes samples of the vocal, interleaved.
  func take(vocal samples: UnsafeBufferPointer<Float>) throws {
    analysis.add(vocal: samples)
    sketch("vocal", samples)
    try speech?.take(samples)
  }

  /// Takes samples of the accompaniment, interleaved.
  func take(accompaniment samples: UnsafeBufferPointer<Float>) {
    analysis.add(accompaniment: samples)
    sketch("accompaniment", samples)
  }

  private func sketch(_ name: String, _ samples: UnsafeBufferPointer<Float>) {
    for index in sketches.indices where sketches[index].name == name {
      sketches[index].sketch.add(samples)
    }
  }

  private func checkLength() throws {
    guard seconds <= Double(settings.limits.seconds) else {
      throw ToolFailure(
        .data, "it is longer than \(settings.limits.seconds) s (see --max-seconds)")
    }
  }

  /// Ends the song.
  ///
  /// - Parameters:
  ///   - request: Of the stream.
  ///   - stop: Why the stream says that it stopped.
  func finish(
    id: String, source: String, header: SongHeader?, stop: StopReason?, sections: LabelRow?,
    ordinals: LabelRow?
  ) throws -> Evaluated {
    // The rest of the reference counts for the difference in length only.
    while let rest = try reference?.next() { analysis.skip(referenceFrames: rest.count) }
    var song = Evaluated(id: id, source: source, header: header, figures: analysis.finish())
    song.figures.hasEnded = stop.map { $0 != .max }
    song.ordinals = ordinals
    guard song.figures.seconds > 0 else { throw ToolFailure(.data, "there is no sound in it") }
    for index in sketches.indices { sketches[index].sketch.finish() }
    song.sketches = sketches
    try settings.conclude(&song, request: header?.request, sections: sections, speech: speech)
    return song
  }
}
