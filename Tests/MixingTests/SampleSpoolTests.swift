import Mixing
import Testing

@Suite struct SampleSpoolTests {
  @Test func whatGoesInComesOut() throws {
    let samples = bursts(seconds: 0.2)
    let spool = try SampleSpool()
    try spool.append(Array(samples[..<1000]))
    try spool.append(Array(samples[1000...]))
    #expect(spool.frames == samples.count / 2)
    var back = [Float](repeating: 0, count: 301)
    let count = try back.withUnsafeMutableBufferPointer { try spool.read(from: 450, into: $0) }
    #expect(count == 150)
    #expect(back[..<300] == samples[900..<1200])
    for start in [spool.frames, -1, .max] {
      #expect(
        try back.withUnsafeMutableBufferPointer { try spool.read(from: start, into: $0) } == 0)
    }
  }
}
