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
  init(_ header: SongHeader, mix: MixFlags, base: String?, tags: AudioTags) throws {
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
    let kept = header.tracks.indices.filter {
      StemName(rawValue: header.tracks[$0].name) != nil && header.tracks[$0].type == .f32
    }
    keepers =
      try base.map { base in
        try kept.map { try StemKeeper($0, of: header, base: base, tags: tags) }
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

/// A stem that is written beside the song as it came: 32-bit floats.
final class StemKeeper {
  let track: Int
  private let file: OutputFile
  private let writer: AudioWriter

  init(_ track: Int, of header: SongHeader, base: String, tags: AudioTags) throws {
    self.track = track
    let stem = header.tracks[track]
    guard stem.rate.denominator == 1, (1...2).contains(stem.elements) else {
      throw ToolFailure(.data, "stem '\(stem.name)' cannot be kept: it is not mono or stereo")
    }
    file = try OutputFile("\(base).\(stem.name).wav")
    var tags = tags
    tags.title = tags.title.map { "\($0) (\(stem.name))" }
    writer = try AudioWriter(
      descriptor: file.descriptor, name: file.name, format: AudioFileFormat(.wav, bits: 32),
      sampleRate: stem.rate.numerator, channels: stem.elements, tags: tags)
  }

  func take(_ samples: [Float]) throws {
    try samples.withUnsafeBufferPointer { try writer.write($0) }
  }

  func finish() throws { try writer.finish() }

  func commit() throws { try file.commit() }
}
