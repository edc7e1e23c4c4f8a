import Diagnostics
import Pictures
import SongEvaluation
import SongStream

/// A song that has been evaluated.
struct Evaluated {
  let id: String
  /// The file that it is from, or the one that names it in a stream.
  let source: String
  /// Of a stream.
  let header: SongHeader?
  var figures: SongFigures
  var score = 0.0
  /// What pictures are made of, if any are asked for.
  var sketches: [(name: String, sketch: SoundSketch)] = []
  /// Labels that came with the sound: which phone is sung in each frame.
  var ordinals: LabelRow?
  /// The request's own lyrics, to be placed over the pitch.
  var lyrics: String?
  /// Why some figures are missing.
  var problem: (any SongFailure)?

  /// What songs it is compared with by `--best`: the candidates of one request, or else all songs that
  /// are nobody's candidates.
  var group: String? { header.flatMap(Evaluated.group) }

  /// The group of a song.
  static func group(_ header: SongHeader) -> String? {
    header.extra["candidate"]?["song"]?.string
  }
}

/// A row of labels: `label.section`, `label.ordinal`.
struct LabelRow {
  /// Frames per second.
  let rate: Double
  var labels: [UInt32] = []
  /// Longest row: a day at 25 frames per second.
  private static let longest = 24 * 3600 * 25

  init(_ track: Track) {
    rate = Double(track.rate.numerator) / Double(max(1, track.rate.denominator))
  }

  mutating func take(_ block: FrameBlock, of track: Track) {
    guard labels.count < Self.longest else { return }
    labels += track.type == .u16 ? block.tokens().map(UInt32.init) : block.words()
  }

  /// Whether a track is a row of labels of that name.
  static func fits(_ track: Track, _ name: String) -> Bool {
    track.name == name && !track.type.isFloat && track.elements == 1
  }
}
