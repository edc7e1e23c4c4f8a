import Diagnostics
import SongStream
import Testing

/// What a reader says to a stream, or nil if it accepts it.
func failure(of bytes: [UInt8], limits: StreamLimits = StreamLimits()) -> StreamFailure? {
  do {
    _ = try events(bytes, limits: limits)
    return nil
  } catch {
    return error
  }
}

@Suite struct DamageTests {
  let whole: [UInt8]
  let records: [[UInt8]]

  init() throws {
    whole = try Samples.small()
    records = RawRecord.split(whole)
  }

  @Test func theSampleHasNoFault() {
    #expect(failure(of: whole) == nil)
    #expect(records.count == 15)
  }

  @Test func everyTruncationIsRefusedWithItsPlace() {
    var starts: [Int] = [0]
    for record in records { starts.append(starts[starts.count - 1] + record.count) }
    for length in 0..<whole.count {
      let failure = failure(of: Array(whole.prefix(length)))
      let start = starts.last { $0 <= length } ?? 0
      #expect(failure?.offset == UInt64(start), "cut to \(length)")
      switch length - start {
      case 0 where length == 0: #expect(failure?.reason == .empty)
      case 0: #expect(failure?.reason == .missingEnd)
      case let rest where rest < 32: #expect(failure?.reason == .truncatedHead(rest))
      case let rest:
        let record = records[starts.firstIndex(of: start) ?? 0]
        #expect(
          failure?.reason == .truncatedPayload(expected: record.count - 32, found: rest - 32))
      }
    }
  }

  @Test func everyFlippedBitIsFound() {
    var starts: [Int] = []
    for (index, record) in records.enumerated() {
      starts += Array(repeating: index, count: record.count)
    }
    for bit in 0..<whole.count * 8 {
      var bytes = whole
      bytes[bit / 8] ^= 1 << (bit % 8)
      let failure = failure(of: bytes)
      let start = records.prefix(starts[bit / 8]).reduce(0) { $0 + $1.count }
      #expect(failure?.offset == UInt64(start), "bit \(bit)")
      switch bit / 8 - start {
      case 0..<4: #expect(failure?.reason == .magic)
      case 4..<32: #expect(failure?.reason == .headChecksum)
      default: #expect(failure?.reason == .payloadChecksum)
      }
    }
  }

  @Test func everyMissingRecordIsFound() {
    for missing in records.indices {
      var left = records
      left.remove(at: missing)
      #expect(failure(of: left.flatMap { $0 }) != nil, "record \(missing)")
    }
  }

  @Test func everyDoubledRecordIsFound() {
    for doubled in records.indices {
      let more = records[...doubled] + records[doubled...]
      #expect(failure(of: more.flatMap { $0 }) != nil, "record \(doubled)")
    }
  }

  @Test func everySwapOfTwoRecordsOfASongIsFound() {
    for first in records.indices {
      let songEnd = (first / 6 + 1) * 6
      for second in records.indices.prefix(songEnd).dropFirst(first + 1) {
        var other = records
        other.swapAt(first, second)
        #expect(failure(of: other.flatMap { $0 }) != nil, "records \(first) and \(second)")
      }
    }
  }

  @Test func aMissingSongIsFound() {
    #expect(
      failure(of: records[6...].flatMap { $0 })?.reason == .songTotal(counted: 3, seen: 2))
  }

  @Test func whatFollowsTheEndIsNotIgnored() {
    #expect(failure(of: whole + [0])?.reason == .magic)
    #expect(failure(of: whole + [0x89, 0x53])?.reason == .truncatedHead(2))
    #expect(failure(of: whole + Array(repeating: 0, count: 32))?.reason == .magic)
  }

  @Test func aFailureStays() throws {
    let reader = SongReader(MemorySource(Array(whole.prefix(100))), name: "cut.sgs")
    let first = #expect(throws: StreamFailure.self) { while try reader.next() != nil {} }
    let second = #expect(throws: StreamFailure.self) { try reader.next() }
    #expect(first == second)
  }

  @Test func messagesNameTheStreamAndTheByte() throws {
    var bytes = whole
    let start = records[0].count
    bytes[start + 33] ^= 1
    let reader = SongReader(MemorySource(bytes), name: "take\u{1B}2.sgs")
    _ = try reader.next()
    let failure = #expect(throws: StreamFailure.self) { try reader.next() }
    #expect(
      failure?.description == "take\\u{1B}2.sgs: record at byte \(start): payload checksum does not"
        + " match; the stream is damaged or was cut (try: sg-inspect --recover)")
    #expect(failure?.status.rawValue == 65)
  }
}
