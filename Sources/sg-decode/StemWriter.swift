import SongStream

/// Stems to a stream, interleaved in time so that no track runs far ahead of another.
enum StemWriter {
  private static let framesPerRecord = 48_000

  /// Writes one [n, elements] for each track, all of the same n.
  static func write(_ parts: [[Float]], tracks: [Track], to writer: SongWriter) throws {
    guard let first = parts.first, let track = tracks.first else { return }
    let frames = first.count / track.elements
    for start in stride(from: 0, to: frames, by: framesPerRecord) {
      for (index, part) in parts.enumerated() {
        let width = tracks[index].elements
        let end = min(start + framesPerRecord, frames)
        try part.withUnsafeBufferPointer { samples in
          try writer.write(
            track: index,
            floats: UnsafeBufferPointer(rebasing: samples[start * width..<end * width]))
        }
      }
    }
  }
}
