import Foundation
import Testing
import Weights

@Suite struct ModelDirectoryTests {
  private static let septoken = Safetensors.floats([
    "rvq_bestrq_emb.quantizers.0.codebook.weight": [4, 2],
    "rvq_bestrq_bgm_emb.quantizers.0.codebook.weight": [4, 2],
  ])
  private static let mixed = Safetensors.floats([
    "rvq_bestrq_emb.quantizers.0.codebook.weight": [4, 2]
  ])
  private static let lm = Safetensors.floats(["audiolm.emb.0.weight": [4, 2]])
  private static let vae = Safetensors.floats(["decoder.layers.0.weight_v": [4, 2]])
  private static let vaeConfig = #"{"model":{"decoder":{"config":{"strides":[2]}}}}"#

  private func model(_ files: [String: [UInt8]]) throws -> (TemporaryFolder, ModelDirectory) {
    let folder = try TemporaryFolder()
    for (name, bytes) in files { try folder.write(name, bytes) }
    return (folder, try ModelDirectory(path: folder.path))
  }

  @Test func findsRolesByContent() throws {
    let (folder, model) = try model([
      "x/model.safetensors": Self.lm, "model_septoken.safetensors": Self.septoken,
      "model_1rvq.safetensors": Self.mixed, "vae.safetensors": Self.vae,
      "vae.json": Array(Self.vaeConfig.utf8), "config.json": Array("{}".utf8),
      "tok/vocab.json": Array("{}".utf8), "tok/merges.txt": [],
    ])
    #expect(try model.path(.lm) == "x/model.safetensors")
    #expect(try model.path(.codec) == "model_septoken.safetensors")
    #expect(try model.path(.codecMixed) == "model_1rvq.safetensors")
    #expect(try model.path(.vae) == "vae.safetensors")
    #expect(try model.path(.vaeConfig) == "vae.json")
    #expect(try model.path(.tokenizer) == "tok")
    #expect(try model.path(.config) == nil)
    #expect(try model.path(.lexicon) == nil)
    #expect(try model.tensors(.lm).names == ["audiolm.emb.0.weight"])
    #expect(try model.file(.tokenizer, "vocab.json").text() == "{}")
    #expect(model.name == folder.path.split(separator: "/").last.map(String.init))
  }

  @Test func configurationNamesFiles() throws {
    let config = """
      audio_tokenizer_checkpoint_sep: Flow1dVAESeparate_./b.safetensors
      vae_config: ./v.json
      vae_model: ./gone.ckpt
      """
    let (folder, model) = try model([
      "config.yaml": Array(config.utf8), "a.safetensors": Self.septoken,
      "b.safetensors": Self.septoken, "v.json": Array("{}".utf8),
    ])
    #expect(try model.path(.codec) == "b.safetensors")
    #expect(try model.path(.vaeConfig) == "v.json")
    #expect(try model.path(.vae) == nil)
    #expect(failure { _ = try model.require(.vae) }?.contains("has no autoencoder weights") == true)
    withExtendedLifetime(folder) {}
  }

  @Test func manifestComesFirst() throws {
    let manifest = """
      {"name":"mine","toy":true,"files":{"codec":"a.safetensors","lm":"gone"},
       "silentCodes":{"vocal":1,"accompaniment":2},"text":{"lexicon":"words.txt"}}
      """
    let (folder, model) = try model([
      "sg-model.json": Array(manifest.utf8), "words.txt": [65],
      "config.yaml": Array("audio_tokenizer_checkpoint_sep: b.safetensors".utf8),
      "a.safetensors": Self.septoken, "b.safetensors": Self.septoken,
    ])
    #expect(model.name == "mine")
    #expect(model.manifest?.silentCodes == .init(vocal: 1, accompaniment: 2))
    #expect(try model.path(.codec) == "a.safetensors")
    #expect(try model.path(.lexicon) == "words.txt")
    #expect(failure { _ = try model.path(.lm) }?.contains("names 'gone' for 'lm'") == true)
    withExtendedLifetime(folder) {}
  }

  @Test func refusesToGuess() throws {
    let (folder, model) = try model(["a.safetensors": Self.lm, "b.safetensors": Self.lm])
    let message = try #require(failure { _ = try model.path(.lm) })
    #expect(message.contains("'a.safetensors' and 'b.safetensors' both look like"))
    withExtendedLifetime(folder) {}
  }

  @Test func namesTheFileThatCannotBeRead() throws {
    let (folder, model) = try model(["a.safetensors": Array(Self.lm.dropLast())])
    let message = try #require(failure { _ = try model.require(.lm) })
    #expect(message.contains("a.safetensors: tensor 'audiolm.emb.0.weight' does not lie inside"))
    withExtendedLifetime(folder) {}
  }

  @Test(arguments: [
    #"{"requestVersion":"v3"}"#, #"{"silentCodes":{"vocal":-1,"accompaniment":0}}"#,
    #"{"flow":{"steps":0}}"#, #"{"sampling":{"topP":2}}"#, #"{"text":{"frontEnd":"x"}}"#,
    #"{"toy":1}"#, "[]", "{", String(repeating: "[", count: 100_000),
  ])
  func refusesABadManifest(_ text: String) throws {
    #expect(throws: WeightsFailure.self) { try model(["sg-model.json": Array(text.utf8)]) }
  }

  @Test func identityFollowsTheContent() throws {
    let (folder1, first) = try model(["a.safetensors": Self.lm, "c.safetensors": Self.septoken])
    let (folder2, same) = try model(["z.safetensors": Self.lm, "y.safetensors": Self.septoken])
    var trained = Self.lm
    trained[trained.count - 1] ^= 1
    let (folder3, other) = try model(["a.safetensors": trained, "c.safetensors": Self.septoken])
    #expect(try first.identity().count == 64)
    #expect(try first.identity() == same.identity())
    #expect(try first.identity() != other.identity())
    withExtendedLifetime((folder1, folder2, folder3)) {}
  }
}
