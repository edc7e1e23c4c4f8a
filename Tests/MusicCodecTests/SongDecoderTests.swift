import FoundationEssentials
import MusicCodec
import Neural
import TestSupport
import Testing
import Weights

/// Properties of whole songs on the small codec of the reference set, in windows of 20 frames.
struct SongDecoderTests {
  private let codec: Codec

  init() throws {
    let folder = Fixtures.url("codec-decode").path
    let config = try VAEConfig(MappedFile(path: folder + "/vae.json", name: "vae.json"))
    codec = try Codec(
      flow: FlowModel(TensorFile(path: folder + "/model_septoken.safetensors"), heads: 4),
      decoder: VAEDecoder(config, TensorFile(path: folder + "/vae.safetensors")),
      silentCodes: ModelManifest.SilentCodes(vocal: 3, accompaniment: 5))
  }

  private func codes(_ count: Int, _ factor: Int) -> [UInt16] {
    (0..<count).map { UInt16($0 * factor % 1009) }
  }

  /// Decodes `count` frames fed in pieces of `piece`.
  private func decode(
    _ count: Int, piece: Int, threads: Int = 2, stems: [Stem], split: StemSplit = .residual
  ) throws -> [[Float]] {
    var options = SongDecoder.Options()
    options.window = 20
    options.settings = FlowSettings(steps: 2, guidance: 1.5)
    options.stems = stems
    options.split = split
    options.noise = .seed(11)
    let decoder = try SongDecoder(
      codec, options: options, pool: ThreadPool(threads: threads))
    var result = stems.map { _ in [Float]() }
    func drain(ended: Bool) throws {
      while let parts = try decoder.next(ended: ended) {
        for (index, part) in parts.enumerated() { result[index] += part }
      }
    }
    let (vocal, accompaniment) = (codes(count, 31), codes(count, 57))
    for start in stride(from: 0, to: count, by: piece) {
      let end = min(start + piece, count)
      try decoder.append(Array(vocal[start..<end]), to: .vocal)
      try decoder.append(Array(accompaniment[start..<end]), to: .accompaniment)
      try drain(ended: false)
    }
    try drain(ended: true)
    return result
  }

  /// 1 to three windows, whole windows among them: 20, 35 and 50 frames fill their last window.
  @Test(arguments: [1, 7, 19, 20, 21, 34, 35, 36, 50, 57])
  func aSongIsAsLongAsItsTokensHoweverTheyCome(count: Int) throws {
    let whole = try decode(count, piece: count, stems: [.mixed])
    #expect(whole[0].count == 2 * WindowPlan.samples(codes: count, sampleRate: 48000))
    #expect(try decode(count, piece: 1, stems: [.mixed]) == whole)
    #expect(try decode(count, piece: 13, threads: 1, stems: [.mixed]) == whole)
  }

  @Test func residualStemsSumToTheMix() throws {
    let stems = try decode(23, piece: 5, stems: [.vocal, .accompaniment, .mixed])
    for ((vocal, rest), mixed) in zip(zip(stems[0], stems[1]), stems[2]) {
      #expect(vocal + rest == mixed)
    }
    let joint = try decode(23, piece: 5, stems: [.mixed])
    for (ours, direct) in zip(stems[2], joint[0]) { #expect(abs(ours - direct) <= 1e-5) }
  }

  @Test func independentStemsAreDecodesOfTheirOwn() throws {
    let stems = try decode(9, piece: 9, stems: [.vocal, .accompaniment], split: .independent)
    let other = try decode(9, piece: 9, stems: [.vocal, .accompaniment], split: .residual)
    #expect(stems[0].count == other[0].count)
    #expect(stems[1] != other[1])
  }

  @Test func aCodeThatDoesNotExistIsRefused() throws {
    let decoder = try SongDecoder(
      codec, options: SongDecoder.Options(), pool: ThreadPool(threads: 1))
    #expect(throws: CodecFailure.self) { try decoder.append([16384], to: .vocal) }
    #expect(throws: CodecFailure.self) { try decoder.append([65535], to: .accompaniment) }
  }

  @Test(arguments: [0, 3, 1001, 1_000_000])
  func aWindowThatTheModelCannotTakeIsRefused(window: Int) {
    var options = SongDecoder.Options()
    options.window = window
    #expect(throws: CodecFailure.self) {
      try SongDecoder(codec, options: options, pool: ThreadPool(threads: 1))
    }
  }

  @Test func rowsOfDifferentLengthsAreRefused() throws {
    var options = SongDecoder.Options()
    options.window = 20
    let decoder = try SongDecoder(codec, options: options, pool: ThreadPool(threads: 1))
    try decoder.append(codes(10, 3), to: .vocal)
    try decoder.append(codes(9, 3), to: .accompaniment)
    #expect(try decoder.next(ended: false) == nil)
    #expect(throws: CodecFailure.self) { try decoder.next(ended: true) }
  }

  /// With a prompt of 4 latents and 5 codes the song is as long as without, stems in step.
  @Test func aPromptIsContinuedAndCutOff() throws {
    var options = SongDecoder.Options()
    options.window = 20
    options.settings = FlowSettings(steps: 2, guidance: 1.5)
    options.stems = [.mixed, .vocal]
    let latent = codec.flow.shape.latent
    func decode(_ prompt: SongDecoder.Prompt?) throws -> [[Float]] {
      let decoder = try SongDecoder(
        codec, options: options, prompt: prompt, pool: ThreadPool(threads: 2))
      try decoder.append(codes(40, 31), to: .vocal)
      try decoder.append(codes(40, 57), to: .accompaniment)
      var result = [[Float](), []]
      while let parts = try decoder.next(ended: true) {
        for index in 0..<2 { result[index] += parts[index] }
      }
      return result
    }
    let prompt = SongDecoder.Prompt(
      vocal: codes(5, 7), accompaniment: codes(5, 11),
      latents: (0..<4 * latent).map { Float($0 % 7) * 0.3 - 1 })
    let (with, without) = (try decode(prompt), try decode(nil))
    #expect(with.map(\.count) == without.map(\.count))
    #expect(with[0] != without[0] && with[1] != without[1])
    for (codes, latents) in [(3, 4), (10, 4), (5, 0), (16, 16)] {
      let bad = SongDecoder.Prompt(
        vocal: self.codes(codes, 7), accompaniment: self.codes(codes, 7),
        latents: [Float](repeating: 0, count: latents * latent))
      #expect(throws: CodecFailure.self, "\(codes) codes, \(latents) latents") {
        try SongDecoder(codec, options: options, prompt: bad, pool: ThreadPool(threads: 1))
      }
    }
  }

  @Test func givenNoiseMustReachForEveryWindow() throws {
    var options = SongDecoder.Options()
    options.window = 20
    options.settings = FlowSettings(steps: 1, guidance: 1)
    options.noise = .given([[Float](repeating: 0.5, count: 20 * codec.flow.shape.latent)])
    let decoder = try SongDecoder(codec, options: options, pool: ThreadPool(threads: 1))
    try decoder.append(codes(30, 3), to: .vocal)
    try decoder.append(codes(30, 3), to: .accompaniment)
    #expect(try decoder.next(ended: true) != nil)
    #expect(throws: CodecFailure.self) { try decoder.next(ended: true) }
  }
}
