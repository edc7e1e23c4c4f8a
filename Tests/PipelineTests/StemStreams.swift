import Foundation
import SongStream

/// Streams of stems for sg-mix.
enum StemStreams {
  static let rate = 24000

  /// A header like those of sg-decode.
  static func header(
    _ id: String = "walk", stems: [String] = ["vocal", "accompaniment"], channels: Int = 2,
    request: JSONValue? = nil, toy: Bool = true
  ) -> SongHeader {
    SongHeader(
      kind: .pcm, id: id, seed: 42,
      request: request ?? ["idx": .string(id), "gt_lyric": "[verse] la.", "mood": 3],
      tracks: stems.map {
        Track(name: $0, type: .f32, shape: [channels], rate: FrameRate(rate))
      },
      models: [
        ModelReference(role: "lm", name: "tiny", sha256: String(repeating: "0", count: 64)),
        ModelReference(role: "codec", name: "tiny", sha256: String(repeating: "0", count: 64)),
      ],
      history: [HistoryEntry(tool: "sg-decode", version: "1", options: ["steps": 10])],
      extra: toy ? ["toy": true] : [:])
  }

  /// A tone, different for each stem.
  static func tone(_ stem: Int, seconds: Double, channels: Int = 2, level: Float = 0.2) -> [Float] {
    (0..<Int(seconds * Double(rate))).flatMap { frame in
      let value = level * Float(sin(Double(frame) * 0.05 * Double(stem + 1)))
      return [Float](repeating: value, count: channels)
    }
  }

  /// A stream of songs, written by `body`.
  static func stream(_ body: (SongWriter) throws -> Void) throws -> [UInt8] {
    let sink = MemorySink()
    let writer = SongWriter(sink)
    try body(writer)
    try writer.close()
    return sink.bytes
  }

  /// Writes one song whose stems take turns.
  static func write(
    _ header: SongHeader, seconds: Double = 1.5, level: Float = 0.2, to writer: SongWriter
  ) throws {
    try writer.begin(header)
    let channels = header.tracks.first?.elements ?? 2
    let step = 4000 * channels
    let stems = header.tracks.indices.map {
      tone($0, seconds: seconds, channels: channels, level: level)
    }
    for start in stride(from: 0, to: stems.first?.count ?? 0, by: step) {
      for (track, samples) in stems.enumerated() {
        let part = Array(samples[start..<min(start + step, samples.count)])
        try part.withUnsafeBufferPointer { try writer.write(track: track, floats: $0) }
      }
    }
    try writer.end(stop: .end)
  }

  /// A stream of one song.
  static func song(
    _ header: SongHeader = header(), seconds: Double = 1.5, level: Float = 0.2
  ) throws -> [UInt8] {
    try stream { try write(header, seconds: seconds, level: level, to: $0) }
  }
}
