/// The rules that the frames of one song keep, and how far its tracks have come.
///
/// Reader and writer ask the same ledger, so nothing is written that would not be read.
///
/// Skew is counted among tracks of the same rate, the prompt's tracks apart from the song's own:
/// a song of 3 minutes may have a prompt of 10 s. Where the header has no `max_skew`, the limit of
/// its kind holds.
struct SongLedger {
  let header: SongHeader
  /// Frames so far, by track.
  private(set) var positions: [UInt64]
  private let limits: StreamLimits
  private let longest: [UInt64]
  private let peers: [[Int]]
  private let maxSkew: Int

  /// A song of which nothing is known but its header, which has been checked.
  init(_ header: SongHeader, limits: StreamLimits) {
    self.header = header
    self.limits = limits
    let tracks = header.tracks
    positions = Array(repeating: 0, count: tracks.count)
    longest = tracks.map { $0.rate.frames(covering: limits.seconds) ?? .max }
    peers = tracks.indices.map { index in
      tracks.indices.filter {
        $0 != index && tracks[$0].rate == tracks[index].rate
          && tracks[$0].isPrompt == tracks[index].isPrompt
      }
    }
    maxSkew = header.maxSkew ?? header.skewLimit(limits)
  }

  /// How many frames `size` bytes of `track` are, if they may follow here.
  func frames(track: Int, position: UInt64, size: Int) throws(StreamFailure.Reason) -> Int {
    guard header.tracks.indices.contains(track) else {
      throw .track(UInt8(clamping: track))
    }
    let info = header.tracks[track]
    guard position == positions[track] else {
      throw .position(track: info.name, expected: positions[track], found: position)
    }
    guard size > 0, size % info.frameBytes == 0 else {
      throw .partialFrame(track: info.name, size: size, frame: info.frameBytes)
    }
    let count = size / info.frameBytes
    guard UInt64(count) <= longest[track] - min(position, longest[track]) else {
      throw .tooLong(track: info.name, seconds: limits.seconds)
    }
    let end = position + UInt64(count)
    let behind = peers[track].lazy.map { positions[$0] }.min() ?? end
    guard end <= behind + UInt64(maxSkew) else { throw .skew(track: info.name, limit: maxSkew) }
    return count
  }

  /// Checks the elements of frames that ``frames(track:position:size:)`` allowed, and counts them.
  mutating func admit(
    track: Int, count: Int, _ bytes: UnsafeRawBufferPointer
  ) throws(StreamFailure.Reason) {
    let info = header.tracks[track]
    if let element = Self.firstBad(bytes, info) {
      let frame = positions[track] + UInt64(element / info.elements)
      guard let vocab = info.vocab else { throw .notFinite(track: info.name, frame: frame) }
      let token: UInt32 =
        info.type == .u16
        ? UInt32(bytes.load(element, UInt16.self)) : bytes.load(element, UInt32.self)
      throw .token(token, track: info.name, frame: frame, vocab: vocab)
    }
    positions[track] += UInt64(count)
  }

  /// The totals by track name.
  var totals: [String: UInt64] {
    Dictionary(zip(header.tracks.map(\.name), positions)) { $1 }
  }

  /// The index of the first element that is no token of the vocabulary, or no finite number.
  private static func firstBad(_ bytes: UnsafeRawBufferPointer, _ track: Track) -> Int? {
    switch track.type {
    case .f32: firstIndex(bytes, UInt32.self) { $0 & 0x7F80_0000 == 0x7F80_0000 }
    case .f16: firstIndex(bytes, UInt16.self) { $0 & 0x7C00 == 0x7C00 }
    case .u16: track.vocab.flatMap { vocab in firstIndex(bytes, UInt16.self) { Int($0) >= vocab } }
    case .u32: track.vocab.flatMap { vocab in firstIndex(bytes, UInt32.self) { Int($0) >= vocab } }
    }
  }

  @inline(__always)
  private static func firstIndex<T: FixedWidthInteger>(
    _ bytes: UnsafeRawBufferPointer, _: T.Type, where isBad: (T) -> Bool
  ) -> Int? {
    let count = bytes.count / MemoryLayout<T>.size
    // Without a way out of the loop the compiler can take many elements at once.
    var bad = 0
    for index in 0..<count { bad |= isBad(bytes.load(index, T.self)) ? 1 : 0 }
    guard bad != 0 else { return nil }
    return (0..<count).first { isBad(bytes.load($0, T.self)) }
  }
}

extension UnsafeRawBufferPointer {
  /// The little-endian integer at `index`, counted in integers.
  @inline(__always)
  fileprivate func load<T: FixedWidthInteger>(_ index: Int, _: T.Type) -> T {
    T(littleEndian: loadUnaligned(fromByteOffset: index * MemoryLayout<T>.size, as: T.self))
  }
}
