import SongStream
import Testing

/// Every limit of `Limits.swift`: what just fits is read, what is one larger is refused.
@Suite struct LimitTests {
  private func header(_ change: (inout SongHeader) -> Void) -> SongHeader {
    var header = SongHeader(kind: .tokens, id: "x")
    change(&header)
    return header
  }

  /// What a reader says to a header.
  private func read(_ header: SongHeader) -> StreamFailure.Reason? {
    Samples.failure(ofHeader: String(decoding: header.json.encoded(), as: UTF8.self))
  }

  private func isRefused(_ header: SongHeader) -> Bool {
    guard case .header = read(header) else { return false }
    let writer = SongWriter(MemorySink())
    let failure = #expect(throws: StreamFailure.self) { try writer.begin(header) }
    return failure?.reason == read(header)
  }

  private func fits(_ header: SongHeader) -> Bool {
    // A header with tracks needs their totals at the end, which `failure(ofHeader:)` does not give.
    switch read(header) {
    case nil, .ending: (try? SongWriter(MemorySink()).begin(header)) != nil
    default: false
    }
  }

  private func tracks(_ count: Int) -> [Track] {
    (0..<count).map { Samples.tokenTrack("t\($0)") }
  }

  @Test func theDefaultsAreThoseOfTheFormat() {
    let limits = StreamLimits()
    #expect(limits.payload == 16 << 20)
    #expect(limits.json.bytes == 1 << 20)
    #expect(limits.json.nesting == 32)
    #expect([limits.tracks, limits.history, limits.models] == [64, 64, 64])
    #expect(
      [limits.elements, limits.rateTerm, limits.name, limits.id] == [4096, 1_000_000, 32, 128])
    #expect([limits.seconds, limits.tokenSkew, limits.pcmSkew] == [600, 4096, 1 << 20])
    #expect(limits.recordFrames == 48_000)
  }

  @Test func tracks() {
    #expect(fits(header { $0.tracks = tracks(64) }))
    #expect(isRefused(header { $0.tracks = tracks(65) }))
  }

  @Test func elements() {
    func track(_ shape: [Int]) -> SongHeader {
      header { $0.tracks = [Track(name: "t", type: .u16, shape: shape, rate: Samples.rate)] }
    }
    #expect(fits(track([4096])))
    #expect(fits(track([2, 2048])))
    #expect(isRefused(track([4097])))
    #expect(isRefused(track([2, 2049])))
    #expect(fits(track(Array(repeating: 1, count: 8))))
    #expect(isRefused(track(Array(repeating: 1, count: 9))))
  }

  @Test func rateTerms() {
    func track(_ rate: FrameRate) -> SongHeader {
      header { $0.tracks = [Track(name: "t", type: .u16, shape: [1], rate: rate)] }
    }
    #expect(fits(track(FrameRate(1_000_000, 1_000_000))))
    #expect(isRefused(track(FrameRate(1_000_001, 1))))
    #expect(isRefused(track(FrameRate(1, 1_000_001))))
  }

  @Test func names() {
    #expect(fits(header { $0.tracks = [Samples.tokenTrack(String(repeating: "n", count: 32))] }))
    #expect(
      isRefused(header { $0.tracks = [Samples.tokenTrack(String(repeating: "n", count: 33))] }))
  }

  @Test func ids() {
    #expect(fits(header { $0.id = String(repeating: "é", count: 64) }))
    #expect(isRefused(header { $0.id = String(repeating: "é", count: 64) + "x" }))
  }

  @Test func history() {
    let entry = HistoryEntry(tool: "t", version: "1")
    #expect(fits(header { $0.history = Array(repeating: entry, count: 64) }))
    #expect(isRefused(header { $0.history = Array(repeating: entry, count: 65) }))
  }

  @Test func models() {
    let model = ModelReference(
      role: "lm", name: "tiny", sha256: String(repeating: "0", count: 64))
    #expect(fits(header { $0.models = Array(repeating: model, count: 64) }))
    #expect(isRefused(header { $0.models = Array(repeating: model, count: 65) }))
  }

  @Test func skewInTheHeader() {
    #expect(fits(header { $0.maxSkew = 4096 }))
    #expect(isRefused(header { $0.maxSkew = 4097 }))
    #expect(fits(header { ($0.kind, $0.maxSkew) = (.pcm, 1 << 20) }))
    #expect(isRefused(header { ($0.kind, $0.maxSkew) = (.pcm, (1 << 20) + 1) }))
  }

  @Test func jsonNesting() {
    func nested(_ depth: Int) -> SongHeader {
      // The header is one level, the request the rest.
      let arrays = depth - 1
      let value = (0..<arrays).reduce(JSONValue.null) { value, _ in .array([value]) }
      return header { $0.request = value == .null ? nil : value }
    }
    #expect(fits(nested(32)))
    guard case .json(let failure) = read(nested(33)) else {
      Issue.record("not refused as JSON")
      return
    }
    #expect(failure.reason == .tooDeep(limit: 32))
    #expect(throws: StreamFailure.self) { try SongWriter(MemorySink()).begin(nested(33)) }
  }

  @Test func jsonBytes() {
    func long(_ count: Int) -> SongHeader {
      let rest = header { $0.request = "" }.json.encoded().count
      return header { $0.request = .string(String(repeating: "x", count: count - rest)) }
    }
    #expect(fits(long(1 << 20)))
    #expect(read(long((1 << 20) + 1)) == .payloadSize((1 << 20) + 1, limit: 1 << 20))
    #expect(throws: StreamFailure.self) { try SongWriter(MemorySink()).begin(long((1 << 20) + 1)) }
  }

  @Test func payloadIsRefusedBeforeItIsRead() throws {
    let head = RawRecord(
      "H", 0,
      #"{"sgs":1,"kind":"latents","id":"x","tracks":[{"name":"t","type":"f32","shape":[4096],"rate":[1000000,1]}]}"#
        .utf8)
    var data = RawRecord(data: [], track: 0, position: 0, sequence: 1)
    data.size = 1 << 24
    let cut = StreamFailure.Reason.truncatedPayload(expected: 1 << 24, found: 0)
    #expect(failure(of: head.bytes + data.bytes)?.reason == cut)
    data.size = (1 << 24) + (1 << 14)
    let large = StreamFailure.Reason.payloadSize((1 << 24) + (1 << 14), limit: 1 << 24)
    #expect(failure(of: head.bytes + data.bytes)?.reason == large)
    data.size = .max
    #expect(
      failure(of: head.bytes + data.bytes)?.reason == .payloadSize(4_294_967_295, limit: 1 << 24))
  }

  @Test func seconds() throws {
    let rate = FrameRate(5, 2)
    let header = header { $0.tracks = [Track(name: "t", type: .u16, shape: [1], rate: rate)] }
    let limits = StreamLimits(seconds: 3)  // 7.5 frames, so 8.
    let free = StreamLimits()
    func song(_ frames: Int) throws -> [UInt8] {
      try Samples.stream(header, limits: free) {
        try $0.write(track: 0, tokens: [1, 2, 3])
        try $0.write(track: 0, tokens: Array(repeating: 0, count: frames - 3))
      }
    }
    #expect(try failure(of: song(8), limits: limits) == nil)
    #expect(try failure(of: song(9), limits: limits)?.reason == .tooLong(track: "t", seconds: 3))
    let writer = SongWriter(MemorySink(), limits: limits)
    try writer.begin(header)
    #expect(throws: StreamFailure.self) {
      try writer.write(track: 0, tokens: Array(repeating: 0, count: 9))
    }
  }

  @Test func skew() throws {
    let vocal = Samples.tokenTrack("vocal")
    let prompt = Samples.tokenTrack("prompt.vocal")
    let slow = Track(name: "slow", type: .u16, shape: [1], rate: FrameRate(5))
    let header = header {
      $0.maxSkew = 3
      $0.tracks = [Samples.tokenTrack("mixed"), vocal, prompt, slow]
    }
    // The prompt and the track of another rate do not hold the song back.
    let even = try Samples.stream(header) {
      try $0.write(track: 2, tokens: [0, 0, 0, 0, 0])
      try $0.write(track: 0, tokens: [1, 2, 3])
      try $0.write(track: 1, tokens: [1, 2, 3])
      try $0.write(track: 1, tokens: [1, 2, 3])
    }
    #expect(failure(of: even) == nil)
    let writer = SongWriter(MemorySink())
    try writer.begin(header)
    try writer.write(track: 0, tokens: [1, 2, 3])
    let failure = #expect(throws: StreamFailure.self) { try writer.write(track: 0, tokens: [4]) }
    #expect(failure?.reason == .skew(track: "mixed", limit: 3))
  }

  @Test func skewWithoutAWordInTheHeader() throws {
    let header = header { $0.tracks = tracks(2) }
    func run(_ frames: Int) throws {
      _ = try Samples.stream(header) {
        try $0.write(track: 1, tokens: Array(repeating: 0, count: frames))
      }
    }
    try run(4096)
    #expect(throws: StreamFailure.self) { try run(4097) }
  }

  @Test func vocabulary() throws {
    func song(_ track: Track, _ bytes: [UInt8]) throws -> [UInt8] {
      try Samples.stream(header { $0.tracks = [track] }) { try $0.write(track: 0, bytes: bytes) }
    }
    let words = Track(name: "t", type: .u32, shape: [1], rate: Samples.rate, vocab: 70_000)
    #expect(throws: Never.self) { try song(words, [0x6F, 0x11, 1, 0]) }
    let failure = #expect(throws: StreamFailure.self) { try song(words, [0x70, 0x11, 1, 0]) }
    #expect(failure?.reason == .token(70_000, track: "t", frame: 0, vocab: 70_000))
  }

  @Test(arguments: [Float.infinity, -.infinity, .nan, .signalingNaN])
  func samplesAreFinite(bad: Float) throws {
    let track = Track(name: "vocal", type: .f32, shape: [2], rate: FrameRate(48000))
    let samples: [Float] = [0, 1, -1, .greatestFiniteMagnitude, 0, bad]
    let writer = SongWriter(MemorySink())
    try writer.begin(SongHeader(kind: .pcm, id: "x", tracks: [track]))
    let failure = #expect(throws: StreamFailure.self) {
      try samples.withUnsafeBufferPointer { try writer.write(track: 0, floats: $0) }
    }
    #expect(failure?.reason == .notFinite(track: "vocal", frame: 2))
  }

  @Test func halvesAreFinite() throws {
    let track = Track(name: "t", type: .f16, shape: [1], rate: Samples.rate)
    let writer = SongWriter(MemorySink())
    try writer.begin(SongHeader(kind: .latents, id: "x", tracks: [track]))
    try writer.write(track: 0, bytes: [0xFF, 0x7B])
    let failure = #expect(throws: StreamFailure.self) {
      try writer.write(track: 0, bytes: [0x00, 0xFC])
    }
    #expect(failure?.reason == .notFinite(track: "t", frame: 1))
  }

  @Test func numbers() throws {
    let digits = String(repeating: "1", count: 300)
    #expect(try JSONValue(parsing: digits.utf8).double != nil)
    var limits = JSONLimits()
    limits.number = 299
    #expect(throws: JSONFailure(.invalidNumber, at: 0)) {
      try JSONValue(parsing: digits.utf8, limits: limits)
    }
  }
}
