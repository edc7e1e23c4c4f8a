/// Writes a song stream. Every record has left the process when its call returns.
///
///     let writer = SongWriter(FileDescriptorSink(1), name: "standard output")
///     try writer.begin(header)
///     try writer.write(track: 0, tokens: [17])
///     try writer.end(stop: .eos)
///     try writer.close()
///
/// Nothing is written that a ``SongReader`` with the same limits would refuse. After a failure
/// every further call fails in the same way, so that no `Z` follows a broken song.
public final class SongWriter {
  private var sink: any ByteSink
  private let name: String
  private let limits: StreamLimits
  private var song: SongLedger?
  private var sequence: UInt32 = 0
  private var songs: UInt64 = 0
  private var failure: StreamFailure?
  private var record: [UInt8] = []

  /// How many bytes have been written.
  public private(set) var offset: UInt64 = 0

  /// - Parameter name: What messages call the stream: a file name, `standard output`.
  public init(
    _ sink: any ByteSink, name: String = "standard output", limits: StreamLimits = StreamLimits()
  ) {
    self.sink = sink
    self.name = name
    self.limits = limits
  }

  /// The header of the song that is being written.
  public var header: SongHeader? { song?.header }

  /// Begins a song.
  public func begin(_ header: SongHeader) throws(StreamFailure) {
    try checked { () throws(StreamFailure.Reason) in
      guard song == nil else { throw .misuse("a song begins before the last one ended") }
      try header.check(limits)
      sequence = 0
      try put("H", json: header.json)
      song = SongLedger(header, limits: limits)
    }
  }

  /// Writes whole frames of a track, as they are on the wire, in as many records as they need.
  public func write(track: Int, bytes: UnsafeRawBufferPointer) throws(StreamFailure) {
    try checked { () throws(StreamFailure.Reason) in
      guard let tracks = song?.header.tracks else { throw .misuse("frames outside a song") }
      guard tracks.indices.contains(track) else { throw .track(UInt8(clamping: track)) }
      let frame = tracks[track].frameBytes
      let step = max(1, min(limits.recordFrames, limits.payload / frame)) * frame
      for start in stride(from: 0, to: bytes.count, by: step) {
        let end = min(start + step, bytes.count)
        try put(track, UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
      }
    }
  }

  /// Writes whole frames of a track, as they are on the wire.
  public func write(track: Int, bytes: [UInt8]) throws(StreamFailure) {
    try bytes.withRawBytes { (bytes) throws(StreamFailure) in try write(track: track, bytes: bytes)
    }
  }

  /// Writes frames of a `u16` track.
  public func write(track: Int, tokens: [UInt16]) throws(StreamFailure) {
    try expect(.u16, track)
    let little = tokens.map(\.littleEndian)
    try little.withRawBytes { (bytes) throws(StreamFailure) in try write(track: track, bytes: bytes)
    }
  }

  /// Writes frames of an `f32` track.
  public func write(track: Int, floats: UnsafeBufferPointer<Float>) throws(StreamFailure) {
    try expect(.f32, track)
    #if _endian(little)
      try write(track: track, bytes: UnsafeRawBufferPointer(floats))
    #else
      let little = floats.map(\.bitPattern.littleEndian)
      try little.withRawBytes { (bytes) throws(StreamFailure) in
        try write(track: track, bytes: bytes)
      }
    #endif
  }

  /// Ends a song whose frames are all written.
  public func end(stop: StopReason) throws(StreamFailure) {
    try checked { () throws(StreamFailure.Reason) in
      guard let song else { throw .misuse("the end of a song outside a song") }
      try put("E", json: SongEnding(frames: song.totals, stop: stop).json)
      endSong()
    }
  }

  /// Gives up on a song that has begun.
  public func fail(_ abort: SongAbort) throws(StreamFailure) {
    try checked { () throws(StreamFailure.Reason) in
      guard song != nil else { throw .misuse("the failure of a song outside a song") }
      try abort.check(limits)
      try put("A", json: abort.json)
      endSong()
    }
  }

  /// The `Z` record behind `songs` songs, for those who copy songs as they are.
  public static func endRecord(songs: UInt64) -> [UInt8] {
    var head = RecordHead(kind: UInt8(ascii: "Z"), position: songs)
    head.payloadChecksum = checksum(UnsafeRawBufferPointer(start: nil, count: 0))
    var bytes: [UInt8] = []
    head.write(to: &bytes)
    return bytes
  }

  /// Ends the stream: a `Z` record. Call it only when everything went as it should.
  public func close() throws(StreamFailure) {
    try checked { () throws(StreamFailure.Reason) in
      guard song == nil else { throw .misuse("the stream ends inside a song") }
      let head = RecordHead(kind: UInt8(ascii: "Z"), position: songs)
      try put(head, UnsafeRawBufferPointer(start: nil, count: 0))
      songs = 0
    }
  }
}

extension SongWriter {
  private func endSong() {
    song = nil
    songs += 1
  }

  private func expect(_ type: ElementType, _ track: Int) throws(StreamFailure) {
    try checked { () throws(StreamFailure.Reason) in
      guard let tracks = song?.header.tracks else { throw .misuse("frames outside a song") }
      guard tracks.indices.contains(track) else { throw .track(UInt8(clamping: track)) }
      guard tracks[track].type == type else {
        throw .misuse("\(type.rawValue) frames for track '\(tracks[track].name)'")
      }
    }
  }

  private func put(_ kind: Character, json: JSONValue) throws(StreamFailure.Reason) {
    guard json.nesting <= limits.json.nesting else {
      throw .json(JSONFailure(.tooDeep(limit: limits.json.nesting), at: 0))
    }
    let bytes = json.encoded()
    guard bytes.count <= limits.json.bytes else {
      throw .payloadSize(bytes.count, limit: limits.json.bytes)
    }
    let head = RecordHead(kind: kind.asciiValue ?? 0, sequence: sequence)
    try bytes.withRawBytes { (bytes) throws(StreamFailure.Reason) in try put(head, bytes) }
  }

  private func put(_ track: Int, _ bytes: UnsafeRawBufferPointer) throws(StreamFailure.Reason) {
    guard let position = song?.positions[track] else { return }
    let count = try song?.frames(track: track, position: position, size: bytes.count) ?? 0
    try song?.admit(track: track, count: count, bytes)
    let head = RecordHead(
      kind: UInt8(ascii: "D"), track: UInt8(track), sequence: sequence, position: position)
    try put(head, bytes)
  }

  private func put(
    _ head: RecordHead, _ payload: UnsafeRawBufferPointer
  ) throws(StreamFailure.Reason) {
    var head = head
    head.size = UInt32(payload.count)
    head.payloadChecksum = checksum(payload)
    record.removeAll(keepingCapacity: true)
    head.write(to: &record)
    record += payload
    do {
      try record.withRawBytes { (bytes) throws(StreamFailure) in try sink.write(bytes) }
    } catch {
      throw error.reason
    }
    offset += UInt64(record.count)
    sequence &+= 1
  }

  /// Runs `body` unless something failed before, and remembers its failure.
  private func checked(_ body: () throws(StreamFailure.Reason) -> Void) throws(StreamFailure) {
    if let failure { throw failure }
    do {
      try body()
    } catch {
      let located = StreamFailure(error, name: name, offset: offset)
      failure = located
      throw located
    }
  }
}
