/// Finds the whole songs of a stream that is damaged.
///
/// Reads as ``SongReader`` does. Where that fails, it looks for the next `H` record with a valid
/// head and goes on there. Memory is bounded by one record, whatever the file holds.
public struct SongRecovery {
  /// What a recovery comes across, in the order of the file.
  public enum Finding: Sendable, Hashable {
    /// A whole song, and where it lies.
    case whole(id: String, bytes: Range<UInt64>)
    /// A song that its own tool gave up on.
    case failed(id: String, SongAbort)
    /// Where reading broke off. Two in a row can belong to the same damage.
    case damage(StreamFailure)
  }

  private let store: any ByteStore
  private let name: String
  private let limits: StreamLimits

  /// - Parameter name: What messages call the stream.
  public init(_ store: any ByteStore, name: String, limits: StreamLimits = StreamLimits()) {
    self.store = store
    self.name = name
    self.limits = limits
  }

  /// Goes through the whole stream and calls `found` for every finding.
  public func run(_ found: (Finding) throws(StreamFailure) -> Void) throws(StreamFailure) {
    var base: UInt64 = 0
    // After damage the next `Z` counts songs that were not seen, which is no news.
    var damaged = false
    while let stop = try readSongs(from: base, &damaged, found) {
      switch stop.reason {
      case .read: throw stop.failure(name)
      case .empty where base > 0: return
      case .songTotal:
        if !damaged { try found(.damage(stop.failure(name))) }
        damaged = false
        base = stop.end
      default:
        try found(.damage(stop.failure(name)))
        damaged = true
        guard let next = try nextSong(from: stop.next(base)) else { return }
        base = next
      }
    }
  }

  /// Where and why reading stopped before the end.
  private struct Stop {
    var reason: StreamFailure.Reason
    /// Where the record begins that is at fault.
    var offset: UInt64
    /// Behind the last byte that was read.
    var end: UInt64

    func failure(_ name: String) -> StreamFailure {
      StreamFailure(reason, name: name, offset: offset)
    }

    /// Where to look on. An `H` that came too early is itself the next song.
    func next(_ base: UInt64) -> UInt64 {
      if case .outOfPlace = reason, offset > base { offset } else { offset + 1 }
    }
  }

  /// Reads records from `base` on; nil if it comes to a legal end.
  private func readSongs(
    from base: UInt64, _ damaged: inout Bool,
    _ found: (Finding) throws(StreamFailure) -> Void
  ) throws(StreamFailure) -> Stop? {
    let reader = SongReader(StoreSource(store: store, offset: base), name: name, limits: limits)
    var song: (id: String, start: UInt64) = ("", base)
    while true {
      let event: SongEvent?
      do {
        event = try reader.next()
      } catch {
        return Stop(
          reason: error.reason, offset: base + reader.recordOffset, end: base + reader.offset)
      }
      switch event {
      case .song(let header): song = (header.id, base + reader.recordOffset)
      case .frames: break
      case .end: try found(.whole(id: song.id, bytes: song.start..<base + reader.offset))
      case .failed(let abort): try found(.failed(id: song.id, abort))
      case .closed: damaged = false
      case nil: return nil
      }
    }
  }

  /// The first place at or behind `offset` where the head of an `H` record stands.
  private func nextSong(from offset: UInt64) throws(StreamFailure) -> UInt64? {
    var window: [UInt8] = []
    var start = offset
    while true {
      // Keep what could be the beginning of a head, and read on behind it.
      let kept = min(window.count, RecordHead.length - 1)
      start += UInt64(window.count - kept)
      window.removeFirst(window.count - kept)
      let more = try read(at: start + UInt64(kept), count: 1 << 16)
      guard !more.isEmpty else { return nil }
      window += more
      if let index = firstSong(in: window) { return start + UInt64(index) }
    }
  }

  private func firstSong(in window: [UInt8]) -> Int? {
    guard window.count >= RecordHead.length else { return nil }
    return (0...window.count - RecordHead.length).first { index in
      guard window[index] == RecordHead.magic[0] else { return false }
      let head = window[index..<index + RecordHead.length].withUnsafeBytes { try? RecordHead($0) }
      return head?.kind == UInt8(ascii: "H")
    }
  }

  private func read(at offset: UInt64, count: Int) throws(StreamFailure) -> [UInt8] {
    var failure: StreamFailure?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      do throws(StreamFailure) {
        filled = try store.read(at: offset, into: UnsafeMutableRawBufferPointer(buffer))
      } catch {
        failure = error
      }
    }
    if let failure { throw StreamFailure(failure.reason, name: name, offset: offset) }
    return bytes
  }
}
