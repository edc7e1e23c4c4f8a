import MusicCodec
import Neural

/// Seconds for the three rows of a prompt of 10 s, its stems given, by the official encoders.
func encoderBench(runs: Int, pool: ThreadPool) throws -> Timing {
  let encoder = try PromptEncoder(
    mixed: RandomSource.officialEncoder, separate: RandomSource.officialEncoder)
  let samples = [Float](unsafeUninitializedCapacity: 960_000) { buffer, initialised in
    Philox(seed: 1, stream: 1).fillNormals(buffer, at: 0)
    initialised = buffer.count
  }
  let song = Recording(samples.map { $0 * 0.2 }, channels: 2)
  return try Timing(runs: runs) {
    _ = try encoder.encode(mixed: song, vocal: song, accompaniment: song, pool: pool)
  }
}
