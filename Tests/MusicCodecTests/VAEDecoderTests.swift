import FoundationEssentials
import MusicCodec
import Neural
import TestSupport
import Testing
import Weights

struct VAEDecoderTests {
  private let decoder: VAEDecoder

  init() throws {
    let folder = Fixtures.url("codec-decode").path
    decoder = try VAEDecoder(
      VAEConfig(MappedFile(path: folder + "/vae.json", name: "vae.json")),
      TensorFile(path: folder + "/vae.safetensors"))
  }

  private func latents(_ frames: Int) -> [Float] {
    let values = FloatBuffer(count: frames * decoder.config.decoder.latent)
    Philox(seed: 2, stream: 9).fillNormals(values.elements, at: 0)
    return Array(values)
  }

  /// Each latent is decoded once, with what reaches it held back: the audio is that of the whole.
  @Test(arguments: [1, 2, 5, 24])
  func piecesGiveTheAudioOfTheWhole(piece: Int) {
    let frames = 24
    let width = decoder.config.decoder.latent
    let pool = ThreadPool(threads: 2)
    let input = latents(frames)
    let whole = decoder.decode(input, pool: pool)
    #expect(whole.count == frames * decoder.ratio * 2)
    let stream = VAEDecoderStream(decoder, pool: pool)
    var pieces: [Float] = []
    for start in stride(from: 0, to: frames, by: piece) {
      let end = min(start + piece, frames)
      stream.push(Array(input[start * width..<end * width])) { pieces += $0 }
    }
    stream.finish { pieces += $0 }
    #expect(pieces.count == whole.count)
    for (a, b) in zip(pieces, whole) { #expect(abs(a - b) <= 1e-6) }
  }

  @Test func threadsChangeNoBit() {
    let input = latents(12)
    let one = decoder.decode(input, pool: ThreadPool(threads: 1))
    #expect(decoder.decode(input, pool: ThreadPool(threads: 3)) == one)
  }
}
