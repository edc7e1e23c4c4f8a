import MusicCodec
import Neural
import Weights

/// Seconds per Euler step of the official flow network: one window of 1000 frames, both branches of
/// the guidance.
func flowBench(_ precision: Precision, runs: Int, pool: ThreadPool) throws -> Timing {
  let source = RandomSource.officialFlow
  let estimator = try FlowEstimator(
    source, FlowShape(source, heads: nil), precision: precision, pool: pool)
  let work = FlowWorkspace(estimator.shape, branches: 2, frames: 1000, precision: precision)
  let velocity = FloatBuffer(count: work.rows * estimator.shape.latent)
  return Timing(runs: runs) {
    for index in 0..<work.hidden.count {
      work.hidden.base[index] = Float(index % 17) * 0.05 - 0.4
    }
    estimator.run(
      work, time: estimator.prepare(0.3, pool: pool), velocity: velocity.base, pool: pool)
  }
}

/// The layer table of the official autoencoder.
let officialAutoencoder: VAEConfig = {
  let part = { (latent: Int) in
    VAEConfig.Part(
      channels: 128, multipliers: [1, 2, 4, 8, 16], strides: [2, 4, 4, 6, 10], latent: latent)
  }
  return VAEConfig(sampleRate: 48000, audioChannels: 2, decoder: part(64), encoder: part(128))
}()

/// Seconds per second of 48 kHz stereo that the official autoencoder decodes.
func autoencoderBench(_ precision: Precision, runs: Int, pool: ThreadPool) throws -> Timing {
  let decoder = try VAEDecoder(
    officialAutoencoder, RandomSource(shapes: [:]), precision: precision)
  let stream = VAEDecoderStream(decoder, pool: pool)
  let second = (0..<25 * 64).map { Float($0 % 23) * 0.1 - 1.1 }
  // The stream holds back what later latents reach; after the first second it emits one for one.
  return Timing(runs: runs) { stream.push(second) { _ in } }
}
