import AudioIO
import Corpus
import Lyrics
import SongStream
import ToolSupport

/// A folder of songs: stems, `requests.jsonl`, and `labels.sgs` with what is known of each frame.
struct CorpusFolder {
  private let folder: OutputFolder

  /// Begins a folder that must not be there yet.
  init(_ path: String) throws { folder = try OutputFolder(path) }

  /// Writes what `songs` gives, and ends the folder.
  func write(
    history: HistoryEntry, _ songs: (_ take: (UInt64, CorpusSong) throws -> Void) throws -> Void
  ) throws {
    try folder.write("requests.jsonl") { requests in
      try folder.write("labels.sgs") { file in
        let labels = file.songs()
        try songs { seed, song in
          let request = song.plan.request(seed: seed)
          try requests.write(
            String(decoding: request.referenceJSON.encoded(), as: UTF8.self) + "\n")
          try labels.begin(
            SongHeader(
              kind: .tokens, id: request.id, seed: seed, request: request.json,
              tracks: LabelTracks.all, history: [history]))
          try labels.write(rows: LabelTracks.rows(song.labels))
          try labels.end(stop: .end)
          try wave(request.id + ".vocal.wav", song.vocal)
          try wave(request.id + ".accompaniment.wav", song.accompaniment)
        }
        try labels.close()
      }
    }
    try folder.commit()
  }

  private func wave(_ name: String, _ samples: [Float]) throws {
    try folder.write(name) { file in
      let writer = try AudioWriter(
        descriptor: file.descriptor, name: file.name, format: AudioFileFormat(.wav, bits: 32),
        sampleRate: Grid.sampleRate, channels: 1)
      try samples.withUnsafeBufferPointer { try writer.write($0) }
      try writer.finish()
    }
  }
}

extension SongPlan {
  /// The request for the song of a seed.
  func request(seed: UInt64) -> Request { request(id: "corpus-\(seed)") }
}
