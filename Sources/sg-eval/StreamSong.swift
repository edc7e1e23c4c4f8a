import AudioIO
import Diagnostics
import Mixing
import SongEvaluation
import SongStream
import ToolSupport

/// A song of stems that is read from a stream.
final class StreamSong {
  let header: SongHeader
  private let source: String
  private let evaluation: SoundEvaluation
  private var bus: StemBus?
  /// Places of the stems on the bus.
  private let mixed: [Int]
  private let programme: Int?
  private let vocal: Int?
  private let accompaniment: Int?
  private var sections: LabelRow?
  private var ordinals: LabelRow?

  /// - Throws: ``ToolFailure`` with status 65 for a song that is not stems of one rate.
  init(_ header: SongHeader, source: String, settings: EvaluationSettings) throws {
    guard header.kind == .pcm else {
      throw ToolFailure(
        .data, "a \(header.kind.rawValue) song where stems belong (sg-decode makes them)")
    }
    self.header = header
    self.source = source
    vocal = header.track("vocal")
    accompaniment = header.track("accompaniment")
    programme = header.track("mixed")
    let stems = [vocal, accompaniment].compactMap(\.self)
    let all = stems + [programme].compactMap(\.self)
    guard let first = all.first else {
      throw ToolFailure(
        .data, "it has no track 'vocal', 'accompaniment' or 'mixed'")
    }
    let rate = header.tracks[first].rate
    for track in all.map({ header.tracks[$0] }) {
      guard track.type == .f32, track.shape.count == 1, (1...2).contains(track.elements) else {
        throw ToolFailure(.data, "stem '\(track.name)' is not made of f32 samples, mono or stereo")
      }
      guard track.rate == rate, rate.denominator == 1,
        AudioLimits.sampleRates.contains(rate.numerator)
      else { throw ToolFailure(.data, "the stems have no common sample rate") }
    }
    mixed = programme == nil ? stems : []
    if programme == nil {
      bus = try StemBus(
        stems.map { (header.tracks[$0].name, header.tracks[$0].elements, StemSettings()) })
    }
    func channels(_ track: Int?) -> Int? { track.map { header.tracks[$0].elements } }
    evaluation = try SoundEvaluation(
      sampleRate: rate.numerator, channels: channels(programme) ?? 2, vocal: channels(vocal),
      accompaniment: channels(accompaniment), settings: settings)
    func row(_ name: String) -> LabelRow? {
      header.tracks.first { LabelRow.fits($0, name) }.map { LabelRow($0) }
    }
    sections = row("label.section")
    ordinals = row("label.ordinal")
  }

  var seconds: Double { evaluation.seconds }

  func take(_ block: FrameBlock) throws {
    let track = header.tracks[block.track]
    if LabelRow.fits(track, "label.section") { sections?.take(block, of: track) }
    if LabelRow.fits(track, "label.ordinal") { ordinals?.take(block, of: track) }
    guard track.type == .f32,
      [vocal, accompaniment, programme].contains(where: { $0 == block.track })
    else { return }
    let samples = block.floats()
    try samples.withUnsafeBufferPointer { samples in
      if block.track == vocal { try evaluation.take(vocal: samples) }
      if block.track == accompaniment { evaluation.take(accompaniment: samples) }
      if block.track == programme { try evaluation.take(programme: samples) }
    }
    if let stem = mixed.firstIndex(of: block.track), let sum = bus?.append(samples, to: stem) {
      try sum.withUnsafeBufferPointer { try evaluation.take(programme: $0) }
    }
  }

  /// Ends the song.
  func finish(_ stop: StopReason) throws -> Evaluated {
    if let rest = bus?.finish() {
      try rest.withUnsafeBufferPointer { try evaluation.take(programme: $0) }
    }
    return try evaluation.finish(
      id: header.id, source: source, header: header, stop: stop, sections: sections,
      ordinals: ordinals)
  }
}
