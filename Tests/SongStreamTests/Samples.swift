import SongStream

/// Songs that the tests write, damage and read.
enum Samples {
  static let rate = FrameRate(25)

  static func tokenTrack(_ name: String, vocab: Int? = 64) -> Track {
    Track(name: name, type: .u16, shape: [1], rate: rate, vocab: vocab)
  }

  static var header: SongHeader {
    SongHeader(
      kind: .tokens, id: "walk", seed: .max,
      request: ["gt_lyric": "[verse] la", "mood": [1, 2.5]],
      maxSkew: 4,
      tracks: [tokenTrack("mixed"), tokenTrack("vocal"), tokenTrack("accompaniment")],
      models: [
        ModelReference(role: "lm", name: "tiny", sha256: String(repeating: "0f", count: 32))
      ],
      history: [HistoryEntry(tool: "sg-lm", version: "1", options: ["temp": 0.8])],
      extra: ["later": true])
  }

  /// Two songs of four frames with three tracks, one song that failed, one `Z`.
  static func small() throws -> [UInt8] {
    let sink = MemorySink()
    let writer = SongWriter(sink, name: "sample")
    for round in 0..<2 {
      try writer.begin(header)
      try writer.write(track: 0, tokens: [1, 2, 3, 63])
      try writer.write(track: 1, tokens: [4, 5])
      try writer.write(track: 2, tokens: [6, 7, 8, UInt16(round)])
      try writer.write(track: 1, tokens: [9, 10])
      try writer.end(stop: round == 0 ? .eos : .max)
    }
    try writer.begin(SongHeader(kind: .request, id: "bad"))
    try writer.fail(SongAbort(tool: "sg-lm", code: 65, message: "no lyrics"))
    try writer.close()
    return sink.bytes
  }

  /// A stream of one song, written by `body`.
  static func stream(
    _ header: SongHeader, limits: StreamLimits = StreamLimits(),
    _ body: (SongWriter) throws -> Void = { _ in }
  ) throws -> [UInt8] {
    let sink = MemorySink()
    let writer = SongWriter(sink, name: "sample", limits: limits)
    try writer.begin(header)
    try body(writer)
    try writer.end(stop: .end)
    try writer.close()
    return sink.bytes
  }
}

/// Every event of a stream.
func events(
  _ source: some ByteSource, limits: StreamLimits = StreamLimits()
) throws(StreamFailure) -> [SongEvent] {
  let reader = SongReader(source, name: "test", limits: limits)
  var events: [SongEvent] = []
  while let event = try reader.next() { events.append(event) }
  return events
}

/// Every event of a stream in memory.
func events(
  _ bytes: [UInt8], limits: StreamLimits = StreamLimits()
) throws(StreamFailure) -> [SongEvent] {
  try events(MemorySource(bytes), limits: limits)
}

extension Samples {
  /// The payload of the shortest `H` record.
  static let minimalHeader = Array(#"{"sgs":1,"kind":"request","id":"x"}"#.utf8)

  /// A `Z` record that counts `songs`.
  static func z(_ songs: UInt64) -> RawRecord {
    var record = RawRecord("Z")
    record.position = songs
    return record
  }

  /// What a reader says to a stream whose only song has this header.
  static func failure(ofHeader text: String) -> StreamFailure.Reason? {
    let stream = [
      RawRecord("H", 0, text.utf8), RawRecord("E", 1, #"{"frames":{},"stop":"end"}"#.utf8), z(1),
    ]
    return SongStreamTests.failure(of: stream.flatMap(\.bytes))?.reason
  }
}
