import Diagnostics
import FoundationEssentials

/// `sg-model.json`: what differs from model to model and the official files do not say.
///
/// Every key may be missing; the defaults are those of the official models. Described in
/// `sg-model(5)`.
public struct ModelManifest: Codable, Sendable, Hashable {
  /// The file's name inside a model.
  public static let fileName = "sg-model.json"

  /// What the model is called.
  public var name: String?
  /// Whether it only shows that the pipe works.
  public var toy: Bool?
  /// How requests become text: `v1` or `v2`.
  public var requestVersion: String?
  /// Sampling defaults of the language model.
  public var sampling: Sampling?
  /// The codes that stand for silence.
  public var silentCodes: SilentCodes?
  /// Defaults of the decoder.
  public var flow: Flow?
  /// How audio becomes codes.
  public var encoder: Encoder?
  /// The separation network.
  public var separator: Separator?
  /// How words reach the tokenizer.
  public var text: Text?
  /// Role to path, for files that are not found by themselves; keys are ``ModelRole`` names.
  public var files: [String: String]?

  /// Sizes of the networks, for people; the tools read them from `config.yaml` and the tensors.
  public var dimensions: [String: Int]?
  /// The licence of the weights, as it lay beside them.
  public var licence: String?
  /// Where the model comes from.
  public var provenance: Provenance?
  /// SHA-256 of every file of the model but this one, by path.
  public var sha256: [String: String]?

  /// Where a model comes from.
  public struct Provenance: Codable, Sendable, Hashable {
    /// The program that wrote it, with its version.
    public var tool: String
    /// The files that it was made from.
    public var sources: [Source]
    /// Tensors of the sources that were left out, as `role: count`.
    public var leftOut: [String: Int]?

    public init(tool: String, sources: [Source]) {
      self.tool = tool
      self.sources = sources
    }
  }

  /// A file that a model was made from.
  public struct Source: Codable, Sendable, Hashable {
    public var role: String
    public var name: String
    public var bytes: Int
    public var sha256: String

    public init(role: String, name: String, bytes: Int, sha256: String) {
      self.role = role
      self.name = name
      self.bytes = bytes
      self.sha256 = sha256
    }
  }

  /// Sampling defaults of the language model.
  public struct Sampling: Codable, Sendable, Hashable {
    public var temperature: Double?
    public var topK: Int?
    public var topP: Double?
    public var guidance: Double?
    /// Whether repeated tokens of the mixed row are punished.
    public var penalty: Bool?
    /// Frames that the penalty looks back over.
    public var penaltyWindow: Int?

    public init() {}
  }

  /// The codes that stand for silence on the two decoded rows.
  public struct SilentCodes: Codable, Sendable, Hashable {
    public var vocal: Int
    public var accompaniment: Int

    public init(vocal: Int, accompaniment: Int) {
      self.vocal = vocal
      self.accompaniment = accompaniment
    }

    /// What the authors of the official models use.
    public static let official = SilentCodes(vocal: 3142, accompaniment: 9670)
  }

  /// Defaults of the decoder.
  public struct Flow: Codable, Sendable, Hashable {
    /// Euler steps.
    public var steps: Int?
    public var guidance: Double?
    /// Attention heads of the flow network, which no tensor shows; the official one has 20.
    public var heads: Int?

    public init() {}
  }

  /// How audio becomes codes.
  public struct Encoder: Codable, Sendable, Hashable {
    /// What the quantisers take.
    public enum Features: String, Codable, Sendable {
      /// Hidden states of the conformer that lies in both codec files, as in the official models.
      case conformer
      /// Latent means of the autoencoder.
      case vae
    }
    public var features: Features?
    /// What the vocal is multiplied with for the mixed row, when features are latents: 1 is the mix.
    public var vocalGain: Double?

    public init() {}
  }

  /// What no tensor of the separation network shows.
  public struct Separator: Codable, Sendable, Hashable {
    /// Attention heads; the official network has 8.
    public var heads: Int?
    /// Sample frames at 44.1 kHz that go through at once; 343980.
    public var segment: Int?
    /// Names of the stems in the order of the outputs.
    public var stems: [String]?

    public init() {}
  }

  /// How words reach the tokenizer.
  public struct Text: Codable, Sendable, Hashable {
    /// `phonemes`, or nothing for words as they are.
    public var frontEnd: String?
    /// Path of the pronunciations.
    public var lexicon: String?
    /// The descriptions that the model knows.
    public var style: Style?

    public init() {}
  }

  /// A closed set of descriptions.
  public struct Style: Codable, Sendable, Hashable {
    /// Groups of tags that exclude each other, in the order in which they are written.
    public var tags: [[String]]?
    /// Known tempos in beats per minute.
    public var bpm: [Int]?
    /// The tempos known together with a tag, where they are fewer.
    public var bpmOfTag: [String: [Int]]?

    public init() {}
  }

  /// A manifest that says nothing.
  public init() {}

  /// Reads a manifest.
  ///
  /// - Throws: `configuration` when it is not valid.
  public init(_ file: MappedFile) throws(WeightsFailure) {
    guard file.bytes.count <= 1 << 20 else {
      throw .configuration(file.name, "is larger than 1 MiB")
    }
    do {
      self = try JSONDecoder().decode(ModelManifest.self, from: Data(file.bytes))
    } catch {
      throw .configuration(file.name, "is not a valid model manifest\(Self.place(error))")
    }
    try check(file.name)
  }

  /// The manifest as a file.
  public func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
  }

  private static func place(_ error: any Error) -> String {
    guard let error = error as? DecodingError else { return "" }
    let context: DecodingError.Context
    switch error {
    case .typeMismatch(_, let found), .valueNotFound(_, let found), .keyNotFound(_, let found),
      .dataCorrupted(let found):
      context = found
    @unknown default: return ""
    }
    let path = context.codingPath.map(\.stringValue).joined(separator: ".")
    return path.isEmpty ? "" : " (see '\(printable(path))')"
  }

  private func check(_ file: String) throws(WeightsFailure) {
    func refuse(_ bad: Bool, _ what: String) throws(WeightsFailure) {
      if bad { throw .configuration(file, what) }
    }
    try refuse(
      requestVersion.map { $0 != "v1" && $0 != "v2" } ?? false, "'requestVersion' is v1 or v2")
    if let codes = silentCodes {
      try refuse(
        !(0..<65536).contains(codes.vocal) || !(0..<65536).contains(codes.accompaniment),
        "'silentCodes' are between 0 and 65535")
    }
    if let flow {
      try refuse(flow.steps.map { !(1...1000).contains($0) } ?? false, "'flow.steps' is 1 to 1000")
      try refuse(
        flow.guidance.map { !(0...100).contains($0) } ?? false, "'flow.guidance' is 0 to 100")
      try refuse(flow.heads.map { !(1...4096).contains($0) } ?? false, "'flow.heads' is 1 to 4096")
    }
    if let gain = encoder?.vocalGain {
      try refuse(!(0...100).contains(gain), "'encoder.vocalGain' is 0 to 100")
    }
    if let separator {
      try refuse(
        separator.heads.map { !(1...4096).contains($0) } ?? false, "'separator.heads' is 1 to 4096")
      try refuse(
        separator.segment.map { !(1...1 << 24).contains($0) } ?? false,
        "'separator.segment' is 1 to \(1 << 24)")
    }
    if let sampling {
      try refuse(
        sampling.temperature.map { !(0...100).contains($0) } ?? false,
        "'sampling.temperature' is 0 to 100")
      try refuse(sampling.topK.map { $0 < 0 } ?? false, "'sampling.topK' is not negative")
      try refuse(sampling.topP.map { !(0...1).contains($0) } ?? false, "'sampling.topP' is 0 to 1")
      try refuse(
        sampling.guidance.map { !(0...100).contains($0) } ?? false,
        "'sampling.guidance' is 0 to 100")
      try refuse(
        sampling.penaltyWindow.map { !(0...65536).contains($0) } ?? false,
        "'sampling.penaltyWindow' is 0 to 65536")
    }
    try refuse(
      text?.frontEnd.map { $0 != "phonemes" } ?? false, "'text.frontEnd' is phonemes or left out")
  }
}
