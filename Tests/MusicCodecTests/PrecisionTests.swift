import FoundationEssentials
import Glibc
import MusicCodec
import Neural
import TestSupport
import Testing
import Weights

/// The fast precisions on the small codec of the reference set: near f32, the same for any number of
/// threads.
struct PrecisionTests {
  private let folder = Fixtures.url("codec-decode").path

  private func codec(_ precision: CodecPrecision) throws -> Codec {
    let config = try VAEConfig(MappedFile(path: folder + "/vae.json", name: "vae.json"))
    return try Codec(
      flow: FlowModel(
        TensorFile(path: folder + "/model_septoken.safetensors"), heads: 4,
        precision: precision.flow),
      decoder: VAEDecoder(
        config, TensorFile(path: folder + "/vae.safetensors"), precision: precision.vae),
      silentCodes: ModelManifest.SilentCodes(vocal: 3, accompaniment: 5))
  }

  private func decode(
    _ precision: CodecPrecision, count: Int = 47, threads: Int = 2,
    _ change: (inout SongDecoder.Options) -> Void = { _ in }
  ) throws -> [Float] {
    var options = SongDecoder.Options()
    options.window = 20
    options.settings = FlowSettings(steps: 4, guidance: 1.5)
    options.stems = [.mixed]
    options.noise = .seed(11)
    change(&options)
    let decoder = try SongDecoder(
      codec(precision), options: options, pool: ThreadPool(threads: threads))
    var result: [Float] = []
    // In two pieces, so that windows end before the song does.
    for range in [0..<count / 2, count / 2..<count] {
      try decoder.append(range.map { UInt16($0 * 31 % 1009) }, to: .vocal)
      try decoder.append(range.map { UInt16($0 * 57 % 1009) }, to: .accompaniment)
      while let parts = try decoder.next(ended: range.upperBound == count) { result += parts[0] }
    }
    return result
  }

  /// Decibels from the difference of two signals up to the second.
  private func ratio(_ signal: [Float], _ exact: [Float]) -> Double {
    var (power, noise) = (0.0, 1e-30)
    for (x, y) in zip(signal, exact) {
      power += Double(y) * Double(y)
      noise += (Double(x) - Double(y)) * (Double(x) - Double(y))
    }
    return 10 * log10(power / noise)
  }

  @Test(arguments: [(Precision.int16, 55.0, 55.0), (.int8, 25, 25)])
  func fastPrecisionsAreNearF32(_ precision: Precision, latents: Double, samples: Double) throws {
    let fast = CodecPrecision(flow: precision, vae: precision)
    let exact = CodecPrecision(flow: .f32, vae: .f32)
    let (a, b) = (
      try decode(fast) { $0.latentsOnly = true }, try decode(exact) { $0.latentsOnly = true }
    )
    #expect(a.count == b.count && a != b)
    #expect(ratio(a, b) > latents)
    let (c, d) = (try decode(fast), try decode(exact))
    #expect(c.count == d.count)
    #expect(ratio(c, d) > samples)
  }

  @Test(arguments: Precision.allCases)
  func anyNumberOfThreadsGivesTheSameSamples(precision: Precision) throws {
    let both = CodecPrecision(flow: precision, vae: precision)
    let one = try decode(both, threads: 1)
    #expect(try decode(both, threads: 3) == one)
  }

  /// One run of the autoencoder along the song against windows that are cross-faded: the same but for what
  /// lies near the ends of windows.
  @Test(arguments: [5, 20, 21, 35, 47])
  func aStreamIsTheCrossFadeAwayFromSeams(count: Int) throws {
    let exact = CodecPrecision(flow: .f32, vae: .f32)
    let faded = try decode(exact, count: count)
    let stream = try decode(exact, count: count) { $0.join = .stream }
    #expect(stream.count == faded.count)
    if count <= 20 {
      #expect(stream == faded)
    } else {
      // These windows are hardly longer than what the autoencoder sees.
      #expect(ratio(stream, faded) > 10)
      let latent = 2 * WindowPlan.samples(codes: 1, sampleRate: 48000)
      #expect(Array(stream.prefix(4 * latent)) == Array(faded.prefix(4 * latent)))
    }
  }

  @Test func aShortSongMayHaveAWindowOfItsOwn() throws {
    let exact = CodecPrecision(flow: .f32, vae: .f32)
    let fitted = try decode(exact, count: 9) { $0.fitsWindow = true }
    let own = try decode(exact, count: 9) { $0.window = 9 }
    #expect(fitted == own)
    #expect(fitted != (try decode(exact, count: 9)))
    // It changes nothing for a song that fills a window, and gives three frames at least four.
    #expect(try decode(exact) { $0.fitsWindow = true } == decode(exact))
    #expect(
      try decode(exact, count: 3) { $0.fitsWindow = true }.count
        == 2 * WindowPlan.samples(codes: 3, sampleRate: 48000))
  }

  @Test func precisionsAreWrittenByPart() {
    #expect(CodecPrecision("f32") == CodecPrecision(flow: .f32, vae: .f32))
    #expect(CodecPrecision("flow=int8") == CodecPrecision(flow: .int8, vae: .int16))
    #expect(CodecPrecision("vae=f32,flow=int8") == CodecPrecision(flow: .int8, vae: .f32))
    let wrong = [
      "", "int4", "flow", "flow=", "flow=int8,", "flow=int8,flow=int8", "lm=int8", "=f32",
    ]
    for text in wrong {
      #expect(CodecPrecision(text) == nil, "\(text)")
    }
    for precision in [CodecPrecision(), CodecPrecision(flow: .int8, vae: .int16)] {
      #expect(CodecPrecision(precision.text) == precision)
    }
  }

  @Test func theCostGrowsWithTheSongInTimeAndNotInMemory() throws {
    let codec = try codec(CodecPrecision(flow: .f32, vae: .f32))
    let pool = ThreadPool(threads: 1)
    var bytes: [Int] = []
    for precision in Precision.allCases {
      let cost = DecodeCost(
        codec.flow.shape, codec.decoder.config,
        precision: CodecPrecision(flow: precision, vae: precision),
        options: SongDecoder.Options(), threads: 2)
      #expect(cost.seconds(codes: 30_000, pool: pool) > 4 * cost.seconds(codes: 900, pool: pool))
      bytes.append(cost.bytes)
    }
    #expect(bytes[0] > bytes[1] && bytes[1] > bytes[2])
  }
}
