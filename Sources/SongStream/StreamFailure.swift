public import Diagnostics

/// What is wrong with a stream, and where.
public struct StreamFailure: SongFailure, Hashable {
  /// What the stream is called: a file name, `standard input`.
  public var name: String
  /// Where the record begins that is at fault, in bytes from the beginning of the stream.
  public var offset: UInt64
  public var reason: Reason

  public init(_ reason: Reason, name: String = "", offset: UInt64 = 0) {
    self.name = name
    self.offset = offset
    self.reason = reason
  }

  public enum Reason: Error, Sendable, Hashable {
    // The bytes.
    /// Not a single byte: the tool before this one died.
    case empty
    /// A record head is cut after so many bytes.
    case truncatedHead(Int)
    /// A payload is cut.
    case truncatedPayload(expected: Int, found: Int)
    /// The stream ends, but not after a `Z`.
    case missingEnd
    /// No record begins here.
    case magic
    /// The checksum of a record head does not match.
    case headChecksum
    /// The checksum of a payload does not match.
    case payloadChecksum
    /// A framing version that this program does not know.
    case version(UInt8)
    /// Flags that this program does not know.
    case flags(UInt8)
    /// A kind of record that this program does not know and must not skip.
    case kind(UInt8)
    /// A payload is larger than its kind of record may have.
    case payloadSize(Int, limit: Int)

    // The order of records.
    /// A record where the grammar does not allow it.
    case outOfPlace(kind: UInt8, inSong: Bool)
    /// A record is missing, doubled or out of order.
    case sequence(expected: UInt32, found: UInt32)
    /// The track of a record is not one of the song's, or is set where none belongs.
    case track(UInt8)
    /// `pos` is set where the format has no use for it.
    case strayPosition(UInt64)
    /// Frames are missing, doubled or out of order.
    case position(track: String, expected: UInt64, found: UInt64)
    /// The end of a song counts other frames than there were.
    case frameTotal(track: String, counted: UInt64, seen: UInt64)
    /// `Z` counts other songs than there were.
    case songTotal(counted: UInt64, seen: UInt64)

    // What records say.
    /// The payload of an `H`, `E` or `A` record is not JSON.
    case json(JSONFailure)
    /// A header says something that it must not.
    case header(String)
    /// An `E` or `A` record says something that it must not.
    case ending(String)
    /// A payload is not a whole number of frames.
    case partialFrame(track: String, size: Int, frame: Int)
    /// A track is longer than the longest song.
    case tooLong(track: String, seconds: Int)
    /// A track runs too far ahead of another.
    case skew(track: String, limit: Int)
    /// A token is not in the vocabulary.
    case token(UInt32, track: String, frame: UInt64, vocab: Int)
    /// An element is infinite or not a number.
    case notFinite(track: String, frame: UInt64)

    // The system and the program.
    /// Reading failed with this errno.
    case read(Int32)
    /// Writing failed with this errno.
    case write(Int32)
    /// A writer was used in the wrong order.
    case misuse(String)
  }

  public var status: ExitStatus {
    switch reason {
    case .empty: .noInput
    case .read, .write: .inputOutput
    case .misuse: .software
    default: .data
    }
  }

  /// The same failure, told where it was met.
  func at(_ name: String, _ offset: UInt64) -> StreamFailure {
    StreamFailure(reason, name: name, offset: offset)
  }
}

extension StreamFailure {
  public var description: String {
    let name = printable(name)
    switch reason {
    case .empty: return "\(name): nothing to read; did the tool before this one fail?"
    case .read(let code): return "\(name): cannot read: \(systemMessage(code))"
    case .write(let code): return "\(name): cannot write: \(systemMessage(code))"
    case .magic where offset == 0: return "\(name): not a song stream"
    case .missingEnd:
      return "\(name): the stream ends at byte \(offset) without an end record; \(damaged)"
    default: return "\(name): record at byte \(offset): \(reason.problem)"
    }
  }
}

private let damaged = "the stream is damaged or was cut (try: sg-inspect --recover)"

extension StreamFailure.Reason {
  fileprivate var problem: String {
    switch self {
    case .empty, .missingEnd, .read, .write: "the stream cannot be read"
    case .truncatedHead(let bytes): "cut after \(bytes) bytes of its head; the stream is incomplete"
    case .truncatedPayload(let expected, let found):
      "cut after \(found) of \(expected) payload bytes; the stream is incomplete"
    case .magic: "no record begins here; \(damaged)"
    case .headChecksum: "head checksum does not match; \(damaged)"
    case .payloadChecksum: "payload checksum does not match; \(damaged)"
    case .version(let version):
      "framing version \(version) is not 1; the stream needs a newer version of this program"
    case .flags(let flags):
      "unknown flags \(flags); the stream needs a newer version of this program"
    case .kind(let kind):
      "unknown kind \(letter(kind)); the stream needs a newer version of this program"
    case .payloadSize(let size, let limit): "payload of \(size) bytes, at most \(limit) are allowed"
    case .outOfPlace(let kind, let inSong):
      "\(letter(kind)) \(inSong ? "inside a song that has not ended" : "outside a song"); \(lost)"
    case .sequence(let expected, let found):
      "record \(found) of the song where \(expected) belongs; \(lost)"
    case .track(let track): "track \(track) is not one of the song's"
    case .strayPosition(let position): "position \(position) in a record that has none"
    case .position(let track, let expected, let found):
      "frame \(found) of track '\(track)' where \(expected) belongs; \(lost)"
    case .frameTotal(let track, let counted, let seen):
      "\(counted) frames of track '\(printable(track, limit: 32))' counted, \(seen) seen; \(lost)"
    case .songTotal(let counted, let seen): "\(counted) songs counted, \(seen) seen; \(lost)"
    case .json(let failure): failure.description
    case .header(let problem), .ending(let problem): problem
    case .partialFrame(let track, let size, let frame):
      "\(size) bytes are not whole frames of track '\(track)', which have \(frame)"
    case .tooLong(let track, let seconds):
      "track '\(track)' is longer than \(seconds) s (see --max-seconds)"
    case .skew(let track, let limit):
      "track '\(track)' runs more than \(limit) frames ahead of another"
    case .token(let token, let track, let frame, let vocab):
      "token \(token) in frame \(frame) of track '\(track)' is not below \(vocab)"
    case .notFinite(let track, let frame):
      "frame \(frame) of track '\(track)' is infinite or not a number"
    case .misuse(let problem): "internal error: \(problem)"
    }
  }
}

private let lost = "records are missing, doubled or out of order (try: sg-inspect --recover)"

private func letter(_ kind: UInt8) -> String {
  (0x21..<0x7F).contains(kind) ? "'\(Unicode.Scalar(kind))'" : "\(kind)"
}
