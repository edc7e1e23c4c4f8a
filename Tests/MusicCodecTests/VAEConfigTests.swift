import Foundation
import MusicCodec
import TestSupport
import Testing
import Weights

struct VAEConfigTests {
  private func read(_ text: String) throws -> VAEConfig {
    try VAEConfig(MappedFile(name: "vae.json", copying: Array(text.utf8)))
  }

  private func text() throws -> String {
    try String(contentsOf: Fixtures.url("codec-decode/vae.json"), encoding: .utf8)
      .replacing(#/\s+/#, with: "")
  }

  @Test func readsTheOfficialForm() throws {
    let config = try read(text())
    #expect(config.sampleRate == 48000 && config.audioChannels == 2 && config.ratio == 1920)
    #expect(
      config.decoder
        == .init(
          channels: 4, multipliers: [1, 2, 4, 8, 16], strides: [2, 4, 4, 6, 10], latent: 16))
    #expect(config.encoder.latent == 32)
  }

  @Test(arguments: [
    ("[2,4,4,6,10]", "[2,4,4,6,9]", "even"), ("[2,4,4,6,10]", "[2,4,4,6]", "same length"),
    ("[2,4,4,6,10]", "[2,4,4,6,20]", "product"), ("\"oobleck\"", "\"other\"", "oobleck"),
    ("\"use_snake\":true", "\"use_snake\":false", "use_snake"),
    ("\"final_tanh\":false", "\"final_tanh\":true", "final_tanh"),
    ("\"channels\":4", "\"channels\":0", "out of range"),
    ("\"channels\":4", "\"channels\":60000", "out of range"),
    ("\"latent_dim\":32", "\"latent_dim\":16", "twice"),
    ("\"sample_rate\":48000", "\"sample_rate\":-1", "out of range"),
    ("\"io_channels\":2", "\"io_channels\":9999999999999999999", "layer table"),
    ("{\"sample_rate\"", "[{\"sample_rate\"", "layer table"),
  ])
  func refuses(_ part: String, _ other: String, _ expected: String) throws {
    let text = try text()
    #expect(text.contains(part))
    do {
      _ = try read(text.replacing(part, with: other))
      Issue.record("'\(other)' was taken")
    } catch {
      #expect("\(error)".contains(expected), "\(error)")
    }
  }

  @Test func damagedTablesAreRefusedOrConsistent() throws {
    let good = Array(try text().utf8)
    var state: UInt64 = 7
    func roll(_ sides: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % sides
    }
    for _ in 0..<2000 {
      var bytes = good
      for _ in 0...roll(3) {
        bytes[roll(bytes.count)] = Array("0123456789,[]{}\":-e.tn".utf8)[roll(22)]
      }
      guard let config = try? VAEConfig(MappedFile(name: "vae.json", copying: bytes)) else {
        continue
      }
      #expect(config.ratio > 0 && config.decoder.strides.allSatisfy { $0 % 2 == 0 })
      #expect(config.encoder.latent == 2 * config.decoder.latent)
    }
  }
}
