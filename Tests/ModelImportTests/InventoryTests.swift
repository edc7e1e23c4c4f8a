import Foundation
import LeLM
import ModelImport
import MusicCodec
import TestSupport
import Testing
import Weights

@Suite struct InventoryTests {
  @Test func countsOfTheOfficialLanguageModels() {
    for (large, tensors, parameters) in [
      (false, 386, 2_829_577_728), (true, 458, 5_122_320_384),
    ] {
      let inventory = Inventory.languageModel(
        .official(large: large), lyricsRows: 151659, styleRows: 151646,
        structureRows: 200)
      #expect(inventory.items.count == tensors)
      #expect(Set(inventory.items.map(\.name)).count == tensors)
      #expect(inventory.items.map { $0.shape.reduce(1, *) }.reduce(0, +) == parameters)
    }
  }

  @Test func countsOfTheOfficialAutoencoder() {
    let part = VAEConfig.Part(
      channels: 128, multipliers: [1, 2, 4, 8, 16], strides: [2, 4, 4, 6, 10], latent: 64)
    var encoder = part
    encoder.latent = 128
    let items = Inventory.autoencoder(
      VAEConfig(sampleRate: 48000, audioChannels: 2, decoder: part, encoder: encoder)
    ).items
    #expect(items.count == 365)
    #expect(items.filter { $0.use == .song }.count == 182)
    let parameters = items.map { $0.shape.reduce(1, *) }.reduce(0, +)
    #expect(parameters * 4 == 674_781_704)
  }

  /// The reference's modules at small sizes: nothing is missing, nothing unknown.
  @Test func smallReferenceModels() throws {
    let vae = try TensorFile(path: Fixtures.url("codec-decode/vae.safetensors").path)
    let table = try MappedFile(path: Fixtures.url("codec-decode/vae.json").path, name: "vae.json")
    let whole = Inventory.autoencoder(try VAEConfig(table)).check(vae)
    #expect(whole.isWhole && whole.readsReference && whole.unknown == [] && whole.unused == [])

    let codec = try TensorFile(path: Fixtures.url("codec-decode/model_septoken.safetensors").path)
    let report = try Inventory.codec(codec, role: .codec).check(codec)
    #expect(report.isWhole && !report.readsReference && report.unknown == [])
    #expect(report.used.contains("zero_cond_embedding1"))
    let single = try TensorFile(path: Fixtures.url("codec-decode/model_1rvq.safetensors").path)
    #expect(try Inventory.codec(single, role: .codecMixed).check(single).unknown == [])
  }
}
