import AudioIO
import Diagnostics
import Mixing
import SongStream
import ToolSupport

/// One song on its way from stems to a spooled mix.
final class SongMix {
  let header: SongHeader
  /// Hz, of the mix.
  let rate: Int
  let spool: SampleSpool
  /// Hz, of the stems.
  let stemRate: Int

  private let tracks: [Int]
  private var bus: StemBus
  private let resampler: Resampler?
  private let keepers: [StemKeeper]
  private var frames = 0

  /// - Parameter base: The path before `.vocal.wav` when stems are kept.
  init(
    _ header: SongHeader, mix: MixFlags, base: String?, files: FileFlags, tags: AudioTags
  ) throws {
    self.header = header
    let selection = try StemSelection(header, use: mix.use)
    tracks = selection.tracks
    stemRate = selection.rate
    rate = mix.rate ?? selection.rate
    bus = try StemBus(
      tracks.map {
        let track = header.tracks[$0]
        return (track.name, track.elements, mix.settings(track.name))
      })
    resampler = rate == stemRate ? nil : try Resampler(from: stemRate, to: rate, channels: 2)
    spool = try SampleSpool()
    keepers =
      try base.map { base in
        try header.tracks.indices.compactMap { index in
          let track = header.tracks[index]
          guard let stem = StemName(rawValue: track.name), track.type == .f32,
            let suffix = files.suffix(of: stem)
          else { return nil }
          return try StemKeeper(index, of: header, path: base + suffix, tags: tags)
        }
      } ?? []
  }

  /// The names of the stems that are mixed.
  var stems: [String] { tracks.map { header.tracks[$0].name } }

  /// Seconds of the mix so far.
  var seconds: Double { Double(frames) / Double(stemRate) }

  /// Takes frames of any track of the song.
  func take(_ block: FrameBlock) throws {
    for keeper in keepers where keeper.track == block.track { try keeper.take(block.floats()) }
    guard let stem = tracks.firstIndex(of: block.track) else { return }
    try add(bus.append(block.floats(), to: stem))
  }

  /// Ends the song: the spool holds all of it.
  func finish() throws {
    try add(bus.finish())
    if let resampler {
      try resampler.process(UnsafeBufferPointer(start: nil, count: 0), last: true) {
        samples throws(MixingFailure) in try spool.append(samples)
      }
    }
    guard spool.frames > 0 else { throw ToolFailure(.data, "there is no sound in it") }
    for keeper in keepers { try keeper.finish() }
  }

  /// Gives the kept stems their names.
  func commit() throws {
    for keeper in keepers { try keeper.commit() }
  }

  private func add(_ samples: [Float]) throws {
    frames += samples.count / 2
    guard !samples.isEmpty else { return }
    guard let resampler else { return try spool.append(samples) }
    var failure: MixingFailure?
    samples.withUnsafeBufferPointer { samples in
      do throws(MixingFailure) {
        try resampler.process(samples, last: false) { samples throws(MixingFailure) in
          try spool.append(samples)
        }
      } catch { failure = error }
    }
    if let failure { throw failure }
  }
}
