import AudioIO
import Foundation
import MusicCodec
import ReferenceAudio
import Separation
import TestSupport
import Testing

struct SongSpoolerTests {
  /// A wav file of 32-bit floats.
  static func wav(rate: UInt32, channels: UInt16, _ samples: [Float]) -> [UInt8] {
    func little<T: FixedWidthInteger>(_ value: T) -> [UInt8] {
      (0..<T.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> T(8 * $0)) }
    }
    let data = samples.flatMap { little($0.bitPattern) }
    let frame = channels * 4
    let body =
      Array("WAVEfmt ".utf8) + little(UInt32(16)) + little(UInt16(3)) + little(channels)
      + little(rate) + little(rate * UInt32(frame)) + little(frame) + little(UInt16(32))
      + Array("data".utf8) + little(UInt32(data.count)) + data
    return Array("RIFF".utf8) + little(UInt32(body.count)) + body
  }

  static func sweep(_ frames: Int, channels: Int) -> [Float] {
    (0..<frames * channels).map { index in
      let frame = Double(index / channels)
      return Float(0.4 * sin(frame * frame * 1e-6 + Double(index % channels)))
    }
  }

  static func reader(_ samples: [Float], rate: UInt32, channels: UInt16) throws -> AudioReader {
    try AudioReader(bytes: wav(rate: rate, channels: channels, samples), name: "song.wav")
  }

  private func all(_ song: SpooledSong) throws -> [Float] {
    let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: 2 * song.frames + 2)
    defer { buffer.deallocate() }
    let count = try song.read(from: 0, into: buffer)
    return Array(buffer[..<(2 * count)])
  }

  @Test func rangesOfAnotherRateArePartsOfTheWhole() throws {
    let samples = Self.sweep(30_000, channels: 2)
    let whole = try SongSpooler.spool(
      Self.reader(samples, rate: 44_100, channels: 2),
      [.init(rate: 48_000), .init(rate: 44_100), .init(rate: 48_000, frames: 5_000..<9_000)])
    let converted = try all(whole.songs[0])
    let kernel = try SincKernel(from: 44_100, to: 48_000, arithmetic: .function)
    #expect(converted == SincResampler.convert(samples, kernel, channels: 2))
    #expect(try all(whole.songs[1]) == samples)
    #expect(try all(whole.songs[2]) == Array(converted[10_000..<18_000]))
    #expect(whole.seconds == 30_000 / 44_100.0)
  }

  @Test func monoIsOnBothSidesAndMoreThanTwoChannelsAreCut() throws {
    let mono = try SongSpooler.spool(
      Self.reader([0.1, 0.2, 0.3], rate: 48_000, channels: 1), [.init(rate: 48_000)])
    #expect(try all(mono.songs[0]) == [0.1, 0.1, 0.2, 0.2, 0.3, 0.3])
    let many = try SongSpooler.spool(
      Self.reader([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], rate: 48_000, channels: 3),
      [.init(rate: 48_000)])
    #expect(try all(many.songs[0]) == [0.1, 0.2, 0.4, 0.5])
    #expect(many.channels == 3)
  }

  @Test func nothingIsRefused() throws {
    #expect(throws: ReferenceFailure.self) {
      try SongSpooler.spool(
        Self.reader([], rate: 48_000, channels: 1), [.init(rate: 48_000)])
    }
  }

  @Test func excerptsAreCountedAtTheirRate() {
    #expect(Excerpt().frames(at: 48_000) == 0..<480_000)
    #expect(Excerpt(start: 1.5, length: 2).frames(at: 44_100) == 66_150..<154_350)
    #expect(Excerpt(start: 1, length: nil).frames(at: 10).upperBound > 1 << 40)
    #expect(Excerpt(start: 1e300, length: 1e300).frames(at: 768_000).count > 0)
  }
}
