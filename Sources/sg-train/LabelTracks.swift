import Corpus
import SongStream

/// The tracks of a stream that tell what is known of each frame.
enum LabelTracks {
  /// The tracks, in the order of ``rows(_:)``.
  static let all = ["label.phone", "label.ordinal", "label.section", "label.pitch"].map {
    Track(name: $0, type: .u16, shape: [1], rate: FrameRate(25))
  }

  /// What they hold, a number for each frame.
  static func rows(_ labels: SongLabels) -> [[UInt16]] {
    [labels.phone, labels.ordinal, labels.section, labels.pitch]
  }
}

extension SongWriter {
  /// Writes rows of the same length to the tracks of the same index, a second of each at a time.
  func write(rows: [[UInt16]]) throws(StreamFailure) {
    let frames = rows.first?.count ?? 0
    for start in stride(from: 0, to: frames, by: 25) {
      for (track, row) in rows.enumerated() {
        try write(track: track, tokens: Array(row[start..<min(frames, start + 25)]))
      }
    }
  }
}
