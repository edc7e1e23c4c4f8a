import AudioIO
import Diagnostics
import SongStream
import ToolSupport

/// Which tracks of a song are mixed, and what all of them have in common.
struct StemSelection {
  /// Places in the header's tracks.
  let tracks: [Int]
  /// Hz.
  let rate: Int

  /// - Throws: ``ToolFailure`` with status 65 for a song that is not stems of one rate.
  init(_ header: SongHeader, use: StemChoice?) throws(ToolFailure) {
    guard header.kind == .pcm else {
      throw ToolFailure(
        .data, "a \(header.kind.rawValue) song where stems belong (sg-decode makes them)")
    }
    let stems = ["vocal", "accompaniment"].compactMap { header.track($0) }
    let mixed = header.track("mixed").map { [$0] }
    switch use {
    case .stems: tracks = stems
    case .mixed: tracks = mixed ?? []
    case nil: tracks = stems.count == 2 ? stems : mixed ?? stems
    }
    guard let first = tracks.first else {
      let found = header.tracks.map(\.name).joined(separator: ", ")
      let wanted = use == .mixed ? "'mixed'" : "'vocal' and 'accompaniment'"
      throw ToolFailure(
        .data,
        "no track \(use == nil ? "'vocal', 'accompaniment' or 'mixed'" : wanted) to mix; "
          + "it has: \(found.isEmpty ? "none" : found)")
    }
    let rate = header.tracks[first].rate
    guard rate.denominator == 1, AudioLimits.sampleRates.contains(rate.numerator) else {
      throw ToolFailure(
        .data, "a rate of \(rate.numerator)/\(rate.denominator) Hz is no sample rate")
    }
    self.rate = rate.numerator
    for track in tracks.map({ header.tracks[$0] }) {
      guard track.type == .f32, track.shape.count == 1 else {
        throw ToolFailure(.data, "stem '\(track.name)' is not made of f32 samples")
      }
      guard track.rate == rate else {
        throw ToolFailure(.data, "the stems differ in sample rate")
      }
    }
  }
}
