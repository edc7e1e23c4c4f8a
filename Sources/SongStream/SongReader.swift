/// Reads a song stream record by record and refuses whatever sg-stream(5) does not allow.
///
///     let reader = SongReader(FileDescriptorSource(0), name: "standard input")
///     while let event = try reader.next() { … }
///
/// Memory is bounded by one record. After a failure every further call fails in the same way.
public final class SongReader {
  private var source: any ByteSource
  private let name: String
  private let limits: StreamLimits
  private var state = State.start
  private var song: OpenSong?
  private var songsSinceEnd: UInt64 = 0
  private var failure: StreamFailure?

  /// How many bytes have been read.
  public private(set) var offset: UInt64 = 0
  /// Where the record began that was read last.
  public private(set) var recordOffset: UInt64 = 0

  private enum State { case start, records, closed }

  private struct OpenSong {
    var ledger: SongLedger
    var sequence: UInt32 = 0
  }

  /// - Parameter name: What messages call the stream: a file name, `standard input`.
  public init(
    _ source: any ByteSource, name: String, limits: StreamLimits = StreamLimits()
  ) {
    self.source = source
    self.name = name
    self.limits = limits
  }

  /// The header of the song that is being read.
  public var header: SongHeader? { song?.ledger.header }

  /// The next event, or nil at the end of the stream, which is legal only after a `Z` record.
  public func next() throws(StreamFailure) -> SongEvent? {
    if let failure { throw failure }
    do {
      return try readEvent()
    } catch {
      let located = StreamFailure(error, name: name, offset: recordOffset)
      failure = located
      throw located
    }
  }

  private func readEvent() throws(StreamFailure.Reason) -> SongEvent? {
    while true {
      recordOffset = offset
      guard let head = try readHead() else { return nil }
      if let event = try readPayload(head) { return event }
    }
  }

  private func readHead() throws(StreamFailure.Reason) -> RecordHead? {
    let bytes = try readBytes(RecordHead.length)
    guard bytes.count == RecordHead.length else {
      guard bytes.isEmpty else {
        let magic = RecordHead.magic
        throw bytes.prefix(4).elementsEqual(magic.prefix(bytes.count))
          ? .truncatedHead(bytes.count) : .magic
      }
      switch state {
      case .start: throw .empty
      case .records: throw .missingEnd
      case .closed: return nil
      }
    }
    return try bytes.withRawBytes { (bytes) throws(StreamFailure.Reason) in
      try RecordHead(bytes)
    }
  }

  /// Reads what belongs to `head`; nil if it was a record to skip.
  private func readPayload(_ head: RecordHead) throws(StreamFailure.Reason) -> SongEvent? {
    try checkOrder(head)
    var frames = 0
    switch head.kind {
    case UInt8(ascii: "H"), UInt8(ascii: "E"), UInt8(ascii: "A"):
      try checkSize(head, limits.json.bytes)
    case UInt8(ascii: "Z"):
      try checkSize(head, 0)
    case UInt8(ascii: "D"):
      try checkSize(head, limits.payload)
      guard let song else { throw .outOfPlace(kind: head.kind, inSong: false) }
      frames = try song.ledger.frames(
        track: Int(head.track), position: head.position, size: Int(head.size))
    default:
      try checkSize(head, limits.payload)
    }
    let payload = try readBytes(Int(head.size))
    guard payload.count == Int(head.size) else {
      throw .truncatedPayload(expected: Int(head.size), found: payload.count)
    }
    guard payload.withUnsafeBytes(checksum) == head.payloadChecksum else {
      throw .payloadChecksum
    }
    state = .records
    if head.kind == UInt8(ascii: "Z") {
      guard head.position == songsSinceEnd else {
        throw .songTotal(counted: head.position, seen: songsSinceEnd)
      }
      songsSinceEnd = 0
      state = .closed
      return .closed
    }
    let event = try event(head, payload, frames)
    song?.sequence &+= 1
    return event
  }

  private func event(
    _ head: RecordHead, _ payload: [UInt8], _ frames: Int
  ) throws(StreamFailure.Reason) -> SongEvent? {
    switch head.kind {
    case UInt8(ascii: "H"):
      let header = try SongHeader(json: try json(payload), limits: limits)
      song = OpenSong(ledger: SongLedger(header, limits: limits))
      return .song(header)
    case UInt8(ascii: "D"):
      let track = Int(head.track)
      try payload.withRawBytes { (bytes) throws(StreamFailure.Reason) in
        try song?.ledger.admit(track: track, count: frames, bytes)
      }
      return .frames(
        FrameBlock(track: track, position: head.position, count: frames, bytes: payload))
    case UInt8(ascii: "E"):
      guard let totals = song?.ledger.totals else { return nil }
      let ending = try SongEnding(json: try json(payload))
      try ending.check(totals)
      endSong()
      return .end(frames: totals, stop: ending.stop)
    case UInt8(ascii: "A"):
      let abort = try SongAbort(json: try json(payload), limits: limits)
      endSong()
      return .failed(abort)
    default:
      return nil
    }
  }

  private func endSong() {
    song = nil
    songsSinceEnd += 1
  }

  /// Whether this kind of record, with this number, may stand here.
  private func checkOrder(_ head: RecordHead) throws(StreamFailure.Reason) {
    let kinds: [UInt8] = Array("HDEAZ".utf8)
    guard kinds.contains(head.kind) || head.isSkippable else { throw .kind(head.kind) }
    let opens = head.kind == UInt8(ascii: "H") || head.kind == UInt8(ascii: "Z")
    guard opens == (song == nil) else {
      throw .outOfPlace(kind: head.kind, inSong: song != nil)
    }
    let expected = song?.sequence ?? 0
    guard head.sequence == expected else {
      throw .sequence(expected: expected, found: head.sequence)
    }
    guard head.kind == UInt8(ascii: "D") || head.isSkippable || head.track == RecordHead.noTrack
    else { throw .track(head.track) }
    let positioned = head.kind == UInt8(ascii: "D") || head.kind == UInt8(ascii: "Z")
    guard positioned || head.isSkippable || head.position == 0 else {
      throw .strayPosition(head.position)
    }
  }

  private func checkSize(_ head: RecordHead, _ limit: Int) throws(StreamFailure.Reason) {
    guard head.size <= limit else { throw .payloadSize(Int(head.size), limit: limit) }
  }

  private func json(_ payload: [UInt8]) throws(StreamFailure.Reason) -> JSONValue {
    do {
      return try JSONValue(parsing: payload, limits: limits.json)
    } catch {
      throw .json(error)
    }
  }

  /// The next `count` bytes, or fewer at the end.
  private func readBytes(_ count: Int) throws(StreamFailure.Reason) -> [UInt8] {
    var failure: StreamFailure?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      do throws(StreamFailure) {
        while filled < count {
          let rest = UnsafeMutableRawBufferPointer(
            UnsafeMutableBufferPointer(rebasing: buffer[filled...]))
          let read = try source.read(into: rest)
          if read == 0 { break }
          filled += read
        }
      } catch {
        failure = error
      }
    }
    offset += UInt64(bytes.count)
    if let failure { throw failure.reason }
    return bytes
  }
}
