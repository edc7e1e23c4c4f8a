import CodecFitting
import Corpus
import Lyrics
import SongStream
import ToolSupport
import Weights

/// A stream of songs as the tokens of a model, with labels.
struct CorpusTokens {
  let codec: FrameCodec
  private let model: ModelReference
  private let file: OutputFile
  private let songs: SongWriter

  /// Begins the stream; nil is standard output.
  init(_ directory: ModelDirectory, path: String?, force: Bool) throws {
    codec = try FrameCodec(directory)
    model = ModelReference(
      role: "codec", name: directory.name, sha256: try directory.identity())
    file = try OutputFile(path, force: force)
    songs = file.songs()
  }

  /// The rows of a song.
  static func rows(_ song: CorpusSong, _ codec: FrameCodec) -> [[UInt16]] {
    let rows = codec.rows(vocal: song.vocal, accompaniment: song.accompaniment)
    return [rows.mixed, rows.vocal, rows.accompaniment]
  }

  /// Writes a song whose rows are known.
  func write(_ song: CorpusSong, rows: [[UInt16]], seed: UInt64, history: HistoryEntry) throws {
    let request = song.plan.request(seed: seed)
    let sizes = [
      ("mixed", codec.mixed.size), ("vocal", codec.vocal.size),
      ("accompaniment", codec.accompaniment.size),
    ]
    let tracks = sizes.map {
      Track(name: $0.0, type: .u16, shape: [1], rate: FrameRate(25), vocab: $0.1)
    }
    try songs.begin(
      SongHeader(
        kind: .tokens, id: request.id, seed: seed, request: request.json,
        tracks: tracks + LabelTracks.all, models: [model], history: [history]))
    try songs.write(rows: rows + LabelTracks.rows(song.labels))
    try songs.end(stop: .end)
  }

  /// Ends the stream.
  func finish() throws {
    try songs.close()
    try file.commit()
  }
}
