import FoundationEssentials
import LeLM
import TestSupport
import Testing
import Weights

struct LeLMConfigTests {
  /// The configuration of the small model with one line changed.
  private func config(replacing old: String, with new: String) throws -> LeLMConfig {
    let folder = Fixtures.url("lelm/base")
    let text = try String(contentsOf: folder.appending(path: "config.yaml"), encoding: .utf8)
    try #require(text.contains(old))
    let changed = text.replacing(old, with: new)
    let labels = try String(contentsOf: folder.appending(path: "conf/vocab.yaml"), encoding: .utf8)
    let files = ModelFiles.embedded(
      name: "changed", ["config.yaml": lasting(changed), "conf/vocab.yaml": lasting(labels)])
    return try LeLMConfig(ModelConfig("config.yaml", in: files))
  }

  /// Bytes that outlive the test, as those of an embedded model do.
  private func lasting(_ text: String) -> UnsafeRawBufferPointer {
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: text.utf8.count, alignment: 8)
    bytes.copyBytes(from: text.utf8)
    return UnsafeRawBufferPointer(bytes)
  }

  @Test func numbersAreRead() throws {
    let changed = try config(replacing: "max_dur: 150", with: "max_dur: 12.5")
    #expect(changed.maxFrames == 312)
    #expect(changed.lyricsLength == 300 && changed.styleLength == 50)
    #expect(changed.main.layers == 3 && changed.sub.layers == 2)
    #expect(changed.main.ropeTheta == 1e5 && changed.sub.ropeTheta == 5e5)
  }

  @Test(arguments: [
    ("code_depth: 3\n  code_size", "code_depth: 4\n  code_size"),
    ("  code_size: 256\n  max_position", "  code_size: 0\n  max_position"),
    ("  code_size: 256\n  max_position", "  code_size: 65534\n  max_position"),
    ("  code_size: 256\n  max_position", "  code_size: many\n  max_position"),
    ("  code_size: 256\n  max_position", "  code_size: 99999999999999999999\n  max_position"),
    ("[0, 250, 250]", "[0, 250]"), ("[0, 250, 250]", "[0, -1, 250]"),
    ("[0, 250, 250]", "[0, 250, 5000]"), ("max_dur: 150", "max_dur: .nan"),
    ("max_dur: 150", "max_dur: 0"), ("max_dur: 150", "max_dur: 1e9"),
    ("num_heads: 4", "num_heads: 3"), ("num_heads: 4", "num_heads: 0"),
    ("num_heads: 4", "num_heads: 64"), ("  dim: 64", "  dim: -64"), ("  dim: 64", "  dom: 64"),
    ("num_layers: 3", "num_layers: 1000000"), ("max_len: 300", "max_len: 0"),
    ("audio_tokenizer_frame_rate: 25", "audio_tokenizer_frame_rate: 0"),
    ("inference_coef: 1.5", "inference_coef: -1"),
    ("${eval:${prompt_len}*${audio_tokenizer_frame_rate}+2}", "${eval:1/0}"),
  ])
  func badNumbersAreRefused(old: String, new: String) {
    #expect(throws: (any Error).self) { try config(replacing: old, with: new) }
  }

  @Test func aCacheBeyondReasonIsRefused() throws {
    let failure = #expect(throws: LeLMError.self) {
      try config(
        replacing: "  dim: 64\n  intermediate_size: 160\n  num_heads: 4\n  num_layers: 3",
        with: "  dim: 65536\n  intermediate_size: 160\n  num_heads: 1024\n  num_layers: 512")
    }
    #expect(failure?.description.contains("cache") == true)
  }
}
