import SongStream
import Testing

/// Random damage with fixed seeds. The point is that nothing traps; beyond that, whatever is
/// accepted must be well formed.
@Suite struct FuzzTests {
  /// Bytes changed, cut, doubled, moved: a reader refuses it, or it is unchanged.
  @Test(arguments: 0..<16)
  func mutatedBytesAreRefused(seed: UInt64) throws {
    let whole = try Samples.small()
    var random = Random(seed)
    for _ in 0..<300 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...4, using: &random) { mutate(&bytes, &random) }
      if bytes != whole { #expect(failure(of: bytes) != nil) }
    }
  }

  /// Fields changed under valid checksums: only the grammar stands in the way.
  @Test(arguments: 0..<16)
  func mutatedFieldsNeverTrap(seed: UInt64) throws {
    let records = RawRecord.split(try Samples.small())
    var random = Random(seed &+ 1000)
    var accepted = 0
    for _ in 0..<300 {
      var stream = records
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let index = Int.random(in: 0..<stream.count, using: &random)
        mutateField(&stream[index], &random)
      }
      let bytes = stream.flatMap { $0 }
      guard let events = try? events(bytes) else { continue }
      accepted += 1
      #expect(try events == SongStreamTests.events(rewrite(events)))
    }
    #expect(accepted < 300)
  }

  /// Random heads and payloads in random order.
  @Test(arguments: 0..<8)
  func randomRecordsNeverTrap(seed: UInt64) {
    var random = Random(seed &+ 2000)
    let payloads = [
      Samples.minimalHeader, Samples.header.json.encoded(), [1, 0], [1, 0, 2, 0], [],
      Array(#"{"frames":{},"stop":"end"}"#.utf8),
      Array(#"{"code":65,"message":"m","tool":"t"}"#.utf8),
    ]
    for _ in 0..<300 {
      var stream: [UInt8] = []
      for sequence in 0..<UInt32.random(in: 1...8, using: &random) {
        let payload = payloads[Int.random(in: 0..<payloads.count, using: &random)]
        let kind = Array("HHDDDEAZx")[Int.random(in: 0..<9, using: &random)]
        var record = RawRecord(kind, sequence % 4, payload)
        record.track = kind == "D" ? UInt8.random(in: 0...3, using: &random) : 255
        stream += record.bytes
      }
      _ = failure(of: stream)
    }
  }

  /// Writes events again.
  private func rewrite(_ events: [SongEvent]) throws -> [UInt8] {
    let sink = MemorySink()
    let writer = SongWriter(sink)
    for event in events {
      switch event {
      case .song(let header): try writer.begin(header)
      case .frames(let block): try writer.write(track: block.track, bytes: block.bytes)
      case .end(_, let stop): try writer.end(stop: stop)
      case .failed(let abort): try writer.fail(abort)
      case .closed: try writer.close()
      }
    }
    return sink.bytes
  }

  private func mutate(_ bytes: inout [UInt8], _ random: inout Random) {
    guard !bytes.isEmpty else { return }
    let start = Int.random(in: 0..<bytes.count, using: &random)
    let end = min(bytes.count, start + Int.random(in: 1...80, using: &random))
    switch Int.random(in: 0..<5, using: &random) {
    case 0: bytes[start] = UInt8.random(in: 0...255, using: &random)
    case 1: bytes.removeSubrange(start..<end)
    case 2: bytes.insert(contentsOf: bytes[start..<end], at: start)
    case 3: bytes.insert(UInt8.random(in: 0...255, using: &random), at: start)
    default: bytes.swapAt(start, end - 1)
    }
  }

  private func mutateField(_ record: inout [UInt8], _ random: inout Random) {
    let end = Bool.random(using: &random) ? 24 : record.count
    let index = Int.random(in: 4..<end, using: &random)
    record[index] = UInt8.random(in: 0...255, using: &random)
    func put(_ value: UInt32, _ offset: Int) {
      for byte in 0..<4 { record[offset + byte] = UInt8(truncatingIfNeeded: value >> (8 * byte)) }
    }
    put(crc32(Array(record[32...])), 24)
    put(crc32(Array(record[..<28])), 28)
  }
}
