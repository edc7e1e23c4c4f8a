import Neural
import Separation

/// Seconds per segment of 7.8 s that the official separation network takes the vocal out of.
func separationBench(runs: Int, pool: ThreadPool) throws -> Timing {
  let shapes = HTDemucsShape.official.tensors
  let model = try HTDemucs(
    RandomSource(shapes: Dictionary(uniqueKeysWithValues: shapes.map { ($0.name, $0.shape) })))
  let samples = FloatBuffer(count: 2 * model.shape.segment)
  for index in 0..<samples.count { samples[index] = Float(index % 1013) * 0.002 - 1 }
  return Timing(runs: runs) {
    withExtendedLifetime(samples) { _ = model.separate(samples.base, stems: [3], pool) }
  }
}
