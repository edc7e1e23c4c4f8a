import AudioIO
import Diagnostics
import Foundation
import TestSupport
import Testing

@Suite struct AudioReaderTests {
  /// A wav file of 32-bit floats with the given header fields.
  private func wav(rate: UInt32, channels: UInt16, samples: [Float]) -> [UInt8] {
    func little<T: FixedWidthInteger>(_ value: T) -> [UInt8] {
      (0..<T.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> T(8 * $0)) }
    }
    let frame = channels &* 4
    let data = samples.flatMap { little($0.bitPattern) }
    let head: [[UInt8]] = [
      Array("WAVEfmt ".utf8), little(UInt32(16)), little(UInt16(3)), little(channels),
      little(rate), little(rate &* UInt32(frame)), little(frame), little(UInt16(32)),
      Array("data".utf8), little(UInt32(data.count)), data,
    ]
    let body = head.flatMap { $0 }
    return Array("RIFF".utf8) + little(UInt32(body.count)) + body
  }

  @Test func readsInPieces() throws {
    let samples = tone(1000)
    let reader = try AudioReader(bytes: wav(rate: 8000, channels: 2, samples: samples), name: "w")
    #expect(reader.claimedFrames == 1000)
    var back: [Float] = []
    let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: 15)
    defer { buffer.deallocate() }
    while case let count = try reader.read(into: buffer), count > 0 {
      #expect(count <= 7)
      back += buffer[..<(count * 2)]
    }
    #expect(back == samples)
  }

  @Test func refusesWhatItClaims() {
    for (rate, channels) in [(0, 2), (999, 2), (800_000, 1), (48000, 65)] {
      let failure = #expect(throws: AudioFailure.self) {
        let bytes = wav(
          rate: UInt32(rate), channels: UInt16(channels),
          samples: [Float](repeating: 0, count: 650))
        _ = try AudioReader(bytes: bytes, name: "w")
      }
      #expect(failure?.status == .data, "\(rate) Hz, \(channels) channels")
    }
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func refusesSamplesThatAreNoNumbers(bad: Float) throws {
    var samples = tone(1000)
    samples[1201] = bad
    let reader = try AudioReader(bytes: wav(rate: 8000, channels: 2, samples: samples), name: "w")
    let failure = #expect(throws: AudioFailure.self) { try reader.readAll(maxSeconds: 10) }
    #expect(failure?.description == "'w': the sample at frame 600 is not a finite number")
  }

  @Test func refusesWhatIsTooLong() throws {
    let bytes = wav(rate: 8000, channels: 1, samples: [Float](repeating: 0, count: 8001))
    let failure = #expect(throws: AudioFailure.self) {
      try AudioReader(bytes: bytes, name: "w").readAll(maxSeconds: 1)
    }
    #expect(failure?.status == .data)
    #expect(try AudioReader(bytes: bytes, name: "w").readAll(maxSeconds: 1.001).count == 8001)
  }

  @Test func tellsWhatIsMissing() {
    let missing = #expect(throws: AudioFailure.self) { _ = try AudioReader(path: "/no/where") }
    #expect(missing?.status == .noInput)
    let empty = #expect(throws: AudioFailure.self) { _ = try AudioReader(bytes: [], name: "e") }
    #expect(empty?.status == .noInput)
    let noise = #expect(throws: AudioFailure.self) {
      _ = try AudioReader(bytes: Array("no audio at all".utf8), name: "n")
    }
    #expect(noise?.status == .data)
    #expect(noise?.description.contains("\n") == false)
  }

  /// Damaged files of every kind are read or refused, but never crash and never grow without bound.
  @Test(arguments: AudioFileFormat.Kind.allCases)
  func survivesDamage(kind: AudioFileFormat.Kind) throws {
    let scratch = try Scratch()
    try write(tone(3000), try AudioFileFormat(kind), to: scratch.path("a"))
    let whole = try scratch.bytes("a")
    var random = SplitMix(state: 7)
    var refused = 0
    for round in 0..<(kind == .mp3 ? 40 : 150) {
      var bytes = whole
      if round % 3 == 0 { bytes.removeLast(Int(random.next() % UInt64(bytes.count))) }
      let region = round % 2 == 0 ? min(bytes.count, 120) : bytes.count
      for _ in 0..<(round % 8) where region > 0 {
        bytes[Int(random.next() % UInt64(region))] ^= UInt8(truncatingIfNeeded: random.next())
      }
      do throws(AudioFailure) {
        let samples = try AudioReader(bytes: bytes, name: "damaged").readAll(maxSeconds: 20)
        #expect(samples.allSatisfy { $0.isFinite })
      } catch {
        refused += 1
        #expect(error.status == .data || error.status == .noInput)
      }
    }
    #expect(refused > 0)
  }
}

/// Random numbers from a seed.
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
