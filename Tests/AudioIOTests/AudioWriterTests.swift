import AudioIO
import Diagnostics
import Foundation
import TestSupport
import Testing

/// `frames` of a stereo sine: left `frequency`, right the double.
func tone(_ frames: Int, frequency: Double = 440, rate: Double = 48000) -> [Float] {
  (0..<frames).flatMap { frame in
    [1.0, 2.0].map { Float(0.5 * sin(2 * .pi * frequency * $0 * Double(frame) / rate)) }
  }
}

/// Writes `samples` to `path` and returns what a reader finds there.
func write(
  _ samples: [Float], _ format: AudioFileFormat, to path: String, rate: Int = 48000,
  channels: Int = 2, tags: AudioTags = AudioTags()
) throws {
  let file = FileManager.default.createFile(atPath: path, contents: nil)
  #expect(file)
  let handle = try #require(FileHandle(forUpdatingAtPath: path))
  let writer = try AudioWriter(
    descriptor: handle.fileDescriptor, name: path, format: format, sampleRate: rate,
    channels: channels, tags: tags)
  if case .integer(let bits) = format.sample {
    let integers = samples.map { Int32($0 * Float(1 << (bits - 1))) << Int32(32 - bits) }
    try integers.withUnsafeBufferPointer { try writer.write(integers: $0) }
  } else {
    try samples.withUnsafeBufferPointer { try writer.write($0) }
  }
  try writer.finish()
  try handle.close()
}

@Suite struct AudioWriterTests {
  static let formats: [(AudioFileFormat.Kind, Int?, Float)] = [
    (.wav, 16, 1 / 32768), (.wav, 24, 1 / 8_388_608), (.wav, 32, 0), (.flac, 16, 1 / 32768),
    (.flac, 24, 1 / 8_388_608), (.ogg, nil, 0.05), (.opus, nil, 0.05), (.mp3, nil, 0.05),
  ]

  @Test(arguments: formats)
  func whatIsWrittenIsRead(kind: AudioFileFormat.Kind, bits: Int?, tolerance: Float) throws {
    let scratch = try Scratch()
    let path = scratch.path("a." + kind.rawValue)
    let samples = tone(24000)
    try write(samples, try AudioFileFormat(kind, bits: bits), to: path)
    let reader = try AudioReader(path: path)
    #expect(reader.sampleRate == 48000 && reader.channels == 2)
    let back = try reader.readAll(maxSeconds: 10)
    // mp3 pads to whole frames of its own.
    #expect(back.count >= samples.count && back.count < samples.count + 2 * 2400)
    let shift = kind == .mp3 ? bestShift(samples, back) : 0
    let worst = zip(samples[4800..<40000], back[(4800 + shift)...]).map { abs($0 - $1) }.max()
    #expect(try #require(worst) <= tolerance)
    let memory = try AudioReader(bytes: try scratch.bytes("a." + kind.rawValue), name: "memory")
    #expect(try memory.readAll(maxSeconds: 10) == back)
  }

  /// The delay in floats at which `back` is closest to `samples`.
  private func bestShift(_ samples: [Float], _ back: [Float]) -> Int {
    let shifts = stride(from: 0, to: 4600, by: 2)
    func distance(_ shift: Int) -> Float {
      (4800..<5800).reduce(0) { $0 + abs(samples[$1] - back[$1 + shift]) }
    }
    return shifts.min { distance($0) < distance($1) } ?? 0
  }

  @Test(arguments: AudioFileFormat.Kind.allCases)
  func theSameSamplesGiveTheSameBytes(kind: AudioFileFormat.Kind) throws {
    let scratch = try Scratch()
    let tags = AudioTags(title: "t", artist: "a", comment: "c", software: "s")
    let format = try AudioFileFormat(kind)
    try write(tone(9000), format, to: scratch.path("a"), tags: tags)
    // The clock moves on by a second: nothing of it may show.
    Thread.sleep(forTimeInterval: 1.1)
    try write(tone(9000), format, to: scratch.path("b"), tags: tags)
    #expect(try scratch.bytes("a") == scratch.bytes("b"))
  }

  @Test(arguments: AudioFileFormat.Kind.allCases)
  func tagsAreInTheFile(kind: AudioFileFormat.Kind) throws {
    let scratch = try Scratch()
    let tags = AudioTags(
      title: "walk in the morning", artist: "nobody", comment: "model tiny, a toy",
      software: "sg-test")
    try write(tone(9000), try AudioFileFormat(kind), to: scratch.path("a"), tags: tags)
    let bytes = Data(try scratch.bytes("a"))
    // libsndfile writes no software tag to mp3.
    let texts = ["walk in the morning", "nobody", "model tiny, a toy", "sg-test"]
    for text in kind == .mp3 ? texts.dropLast() : texts[...] {
      let wide = text.data(using: .utf16LittleEndian) ?? Data()
      #expect(bytes.range(of: Data(text.utf8)) != nil || bytes.range(of: wide) != nil, "\(text)")
    }
  }

  @Test(arguments: AudioFileFormat.Kind.allCases)
  func aFullDiskIsSeen(kind: AudioFileFormat.Kind) throws {
    let handle = try #require(FileHandle(forUpdatingAtPath: "/dev/full"))
    let failure = #expect(throws: AudioFailure.self) {
      let writer = try AudioWriter(
        descriptor: handle.fileDescriptor, name: "x", format: try AudioFileFormat(kind),
        sampleRate: 48000, channels: 2)
      let samples = [Int32](repeating: 0x1234_5600, count: 96000)
      if case .integer = writer.format.sample {
        try samples.withUnsafeBufferPointer { try writer.write(integers: $0) }
      } else {
        try tone(48000).withUnsafeBufferPointer { try writer.write($0) }
      }
      try writer.finish()
    }
    #expect(failure?.status == .inputOutput)
    #expect(failure?.description == "cannot write 'x': no space left on device")
  }

  @Test func aFloatAUHeaderIsRead() throws {
    let samples = tone(1000)
    for frames in [1000, nil] as [Int?] {
      let bytes =
        AUHeader.bytes(sampleRate: 44100, channels: 2, frames: frames)
        + samples.withUnsafeBufferPointer { AUHeader.bytes($0) }
      #expect(bytes.count == 28 + 8000)
      let reader = try AudioReader(bytes: bytes, name: "au")
      #expect(reader.sampleRate == 44100)
      #expect(try reader.readAll(maxSeconds: 1) == samples)
    }
  }
}

@Suite struct AudioFileFormatTests {
  @Test func theExtensionChooses() throws {
    #expect(try AudioFileFormat(path: "a/b.FLAC").kind == .flac)
    #expect(try AudioFileFormat(path: "b.tar.mp3").kind == .mp3)
    #expect(try AudioFileFormat(path: "x.wav", bits: 32).sample == .float)
    #expect(try AudioFileFormat(path: "x.wav").sample == .integer(bits: 24))
  }

  @Test(arguments: ["a", "a.", "mp3", "a.txt", "a.flac/b", "", "a.\u{1B}[2J"])
  func otherNamesAreRefused(path: String) {
    let failure = #expect(throws: AudioFailure.self) { try AudioFileFormat(path: path) }
    #expect(failure?.status == .usage)
    #expect(failure?.description.contains("\u{1B}") == false)
  }

  @Test(arguments: [("flac", 32), ("flac", 8), ("wav", 0), ("mp3", 16), ("ogg", 24)])
  func otherBitsAreRefused(kind: String, bits: Int) {
    #expect(throws: AudioFailure.self) { try AudioFileFormat(path: "a." + kind, bits: bits) }
  }

  @Test(arguments: [("opus", 44100), ("mp3", 96000), ("ogg", 384_000), ("flac", 0)])
  func otherRatesAreRefused(kind: String, rate: Int) throws {
    let format = try AudioFileFormat(path: "a." + kind)
    let failure = #expect(throws: AudioFailure.self) { try format.check(sampleRate: rate) }
    #expect(failure?.status == .usage)
  }
}
