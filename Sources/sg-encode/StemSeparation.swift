import AudioIO
import Diagnostics
import ReferenceAudio
import Separation
import SongStream
import ToolSupport
import Weights

/// `--separate-only`: a recording as the two stems that sum to it.
struct StemSeparation {
  private let separator: HTDemucs
  private let session: EncodeSession
  private static let rate = StemLoader.separationRate

  init(_ separator: HTDemucs, _ session: EncodeSession) {
    self.separator = separator
    self.session = session
  }

  /// Writes the stems as they become known.
  func write(_ reader: AudioReader, id: String, to writer: SongWriter) throws {
    let audio = try SongSpooler.spool(reader, [.init(rate: Self.rate)])
    let song = audio.songs[0]
    let excerpt = session.flags.excerpt(usual: nil)
    let range = excerpt.frames(at: Self.rate).clamped(to: 0..<song.frames)
    guard !range.isEmpty else {
      throw ToolFailure(.data, "the recording ends before the excerpt begins")
    }
    let shift = session.flags.separationShift
    let separation = try SongSeparator(
      separator, song, options: .init(shift: shift, range: range), pool: session.pool)
    if separation.isSilent { session.console.warning("is silent", song: id) }
    try writer.begin(header(id, shift: shift, start: excerpt.start))
    while let block = try separation.next() {
      let parts = [block.stems[0], block.mixture(without: 0)]
      for start in stride(from: 0, to: block.frames, by: Self.rate) {
        let end = min(block.frames, start + Self.rate)
        for (track, part) in parts.enumerated() {
          try Array(part[2 * start..<2 * end]).withUnsafeBufferPointer {
            try writer.write(track: track, floats: $0)
          }
        }
      }
      session.progress.update(
        song: id, stage: "separate",
        done: Double(block.start + block.frames - range.lowerBound) / Double(Self.rate),
        total: Double(range.count) / Double(Self.rate))
    }
    try writer.end(stop: .end)
  }

  private func header(_ id: String, shift: Shift, start: Double) throws -> SongHeader {
    SongHeader(
      kind: .pcm, id: id, maxSkew: Self.rate,
      tracks: ["vocal", "accompaniment"].map {
        Track(name: $0, type: .f32, shape: [2], rate: FrameRate(Self.rate))
      },
      models: [
        ModelReference(
          role: "separator", name: session.directory.name,
          sha256: try session.directory.identity())
      ],
      history: [
        HistoryEntry(
          tool: session.console.tool, version: Version.string,
          options: [
            "shift": .integer(Int64(shift.frames ?? 0)), "start": .number(start),
            "separate_only": true,
          ])
      ])
  }
}
