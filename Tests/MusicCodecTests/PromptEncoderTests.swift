import Diagnostics
import FoundationEssentials
import MusicCodec
import Neural
import Synchronization
import TestSupport
import Testing
import Weights

struct PromptEncoderTests {
  private let encoder: PromptEncoder
  private let song: TensorFile
  private let wave: [Float]

  init() throws {
    let folder = Fixtures.url("codec-encode").path
    encoder = try PromptEncoder(
      mixed: TensorFile(path: folder + "/encoder_mixed.safetensors"), separate: nil)
    song = try TensorFile(path: folder + "/e2e.safetensors")
    let planar = try song.integers("mixed.wave").map { Float($0) / 32768 }
    wave = (0..<48000).flatMap { [planar[$0], planar[48000 + $0]] }
  }

  @Test func codesOfTheReference() throws {
    let ours = try encoder.encode(
      .mixed, Recording(wave, channels: 2), pool: ThreadPool(threads: 2))
    let reference = try song.integers("e3_2d.codes")
    #expect(ours.codes.map(Int.init) == reference)
    #expect(!ours.isSilent)
    #expect(ours.peak > 0.5)
  }

  @Test func threadsChangeNoBit() throws {
    func states(_ threads: Int) throws -> [Float] {
      var all: [Float] = []
      _ = try encoder.trace(
        .mixed, Recording(wave, channels: 2), pool: ThreadPool(threads: threads)
      ) { _, _, state in all += UnsafeBufferPointer(start: state, count: 64_000) }
      return all
    }
    #expect(try states(1) == states(2))
  }

  /// A clip of whole frames repeats itself, and its front end is computed once: the same bits as when
  /// all of the chunk is computed.
  @Test func repetitionsAreExact() throws {
    let encoder = try FeatureEncoder(
      TensorFile(path: Fixtures.url("codec-encode").path + "/encoder_mixed.safetensors"),
      layers: 1)
    let pool = ThreadPool(threads: 2)
    let kernel = try SincKernel(from: 48000, to: 24000, arithmetic: .module)
    let mono = (0..<48000).map { wave[2 * $0] }
    let signal = SincResampler.convert((0..<4).flatMap { _ in mono }, kernel, channels: 1)
    let whole = encoder.front(signal, pool: pool)
    let reused = encoder.front(signal, period: 25, pool: pool)
    #expect(Array(whole) == Array(reused))
    #expect(Array(whole) != Array(encoder.front(signal, period: 24, pool: pool)))
  }

  @Test(arguments: [(1, 1), (1919, 1), (1920, 2), (480_000, 251), (1_919_999, 1000)])
  func lengths(samples: Int, codes: Int) {
    #expect(encoder.codes(samples: samples) == codes)
  }

  @Test func monoIsBothChannels() throws {
    let pool = ThreadPool(threads: 2)
    let mono = (0..<24000).map { wave[2 * $0] }
    let both = mono.flatMap { [$0, $0] }
    #expect(
      try encoder.encode(.mixed, Recording(mono, channels: 1), pool: pool)
        == encoder.encode(.mixed, Recording(both, channels: 2), pool: pool))
  }

  @Test func oneSampleAndSilence() throws {
    let pool = ThreadPool(threads: 2)
    let one = try encoder.encode(.mixed, Recording([0.3], channels: 1), pool: pool)
    #expect(one.codes.count == 1)
    #expect(!one.isSilent)
    let silence = try encoder.encode(
      .mixed, Recording([Float](repeating: 0, count: 9600), channels: 2), pool: pool)
    #expect(silence.codes.count == 3)
    #expect(silence.isSilent)
    #expect(silence.codes.allSatisfy { $0 < 256 })
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func samplesThatAreNoNumbers(bad: Float) {
    var samples = wave
    samples[2 * 700 + 1] = bad
    let pool = ThreadPool(threads: 1)
    let failure = #expect(throws: CodecFailure.self) {
      try encoder.encode(.mixed, Recording(samples, channels: 2), pool: pool)
    }
    #expect(failure?.status == .data)
    #expect(failure?.description.contains("frame 700 of channel 1") == true)
  }

  @Test func recordingsThatAreRefused() throws {
    let pool = ThreadPool(threads: 1)
    for recording in [Recording([], channels: 2), Recording([1, 2, 3, 4, 5, 6], channels: 6)] {
      #expect(throws: CodecFailure.self) {
        try encoder.encode(.mixed, recording, pool: pool)
      }
    }
    // One that ends before its time.
    let short = Recording(frames: 4000, channels: 1) { range in
      Array(repeating: 0.5, count: min(range.count, 100))
    }
    let failure = #expect(throws: CodecFailure.self) {
      try encoder.encode(.mixed, short, pool: pool)
    }
    #expect(failure?.status == .inputOutput)
    // A row that the model was not opened for.
    #expect(throws: CodecFailure.self) {
      try encoder.encode(.vocal, Recording(wave, channels: 2), pool: pool)
    }
  }

  /// A long recording is read in pieces, never as a whole.
  @Test func longRecordingsAreReadInPieces() throws {
    let largest = Mutex(0)
    let samples = wave
    let recording = Recording(frames: 2_000_000, channels: 2) { range in
      largest.withLock { $0 = max($0, range.count) }
      return range.flatMap { [samples[$0 % 48000 * 2], samples[$0 % 48000 * 2 + 1]] }
    }
    let row = try encoder.encode(.mixed, recording, pool: ThreadPool(threads: 2))
    #expect(row.codes.count == 1042)
    #expect(largest.withLock { $0 } <= 1_920_000)
  }

  /// Every tensor is needed, and asked for its shape.
  @Test func damagedModels() throws {
    let path = Fixtures.url("codec-encode").path + "/encoder_mixed.safetensors"
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    let scratch = try Scratch()
    var opened = 0
    for (round, offset) in stride(from: 8, to: 16_000, by: 997).enumerated() {
      var damaged = bytes
      damaged[offset] ^= 1
      do {
        let file = try TensorFile(path: scratch.write(damaged, to: "model\(round)"))
        _ = try PromptEncoder(mixed: file, separate: nil)
        opened += 1
      } catch {
        #expect(error is any SongFailure)
      }
    }
    #expect(opened < 17)
  }
}
