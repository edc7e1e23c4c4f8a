import Mixing
import MusicCodec
import Neural
import Separation

/// The vocal of a song at the encoder's rate, as far as it is wanted.
struct VocalTrack {
  private let model: HTDemucs
  private let song: SpooledSong
  private let shift: Shift
  private let pool: ThreadPool
  /// 44.1 kHz and 48 kHz meet every 147 and 160 frames; the filter reaches less far than that.
  private static let block = (in: 147, out: 160)

  /// - Parameter song: the whole song at 44.1 kHz.
  init(_ model: HTDemucs, _ song: SpooledSong, shift: Shift, pool: ThreadPool) throws {
    self.model = model
    self.song = song
    self.shift = shift
    self.pool = pool
  }

  /// Frames `wanted` at 48 kHz, to the bit as in the vocal of the whole song.
  ///
  /// - Parameter throughFile: whether the vocal is rescaled and rounded as the reference's file of
  ///   16 bits does it, for which the whole song has to be separated.
  func read(
    _ wanted: Range<Int>, throughFile: Bool, progress: (Double) -> Void
  ) throws -> SpooledSong {
    let first = max(0, wanted.lowerBound / Self.block.out - 1)
    let last = wanted.upperBound / Self.block.out + 2
    let range = (first * Self.block.in..<last * Self.block.in).clamped(to: 0..<song.frames)
    let change = try RateChange(
      from: StemLoader.separationRate, to: StemLoader.rate, wanted: wanted,
      start: first * Self.block.out)
    let separator = try SongSeparator(
      model, song, options: .init(shift: shift, range: throughFile ? nil : range), pool: pool)
    if throughFile {
      let (track, rescale) = try spool(separator, progress)
      for start in stride(from: range.lowerBound, to: range.upperBound, by: 1 << 16) {
        let part = start..<min(range.upperBound, start + 1 << 16)
        try change.push(rescale.apply(track.samples(part)))
      }
    } else {
      while let block = try separator.next() {
        try change.push(block.stems[0])
        progress(Double(separator.done) / Double(max(1, separator.segments.count)))
      }
    }
    return try change.finish()
  }

  /// The whole vocal at its own rate, and what the reference's file does to it.
  private func spool(
    _ separator: SongSeparator<SpooledSong>, _ progress: (Double) -> Void
  ) throws -> (SpooledSong, ClipRescale) {
    let spool = try SampleSpool()
    var rescale = ClipRescale()
    while let block = try separator.next() {
      rescale.measure(block.stems[0])
      try spool.append(block.stems[0])
      progress(Double(separator.done) / Double(max(1, separator.segments.count)))
    }
    return (SpooledSong(spool), rescale)
  }
}
