import Testing
import Weights

@Suite struct ModelConfigTests {
  private func config(_ text: String, _ others: [String: String] = [:]) throws -> ModelConfig {
    let folder = try TemporaryFolder()
    try folder.write("config.yaml", text)
    for (name, text) in others { try folder.write(name, text) }
    return try ModelConfig("config.yaml", in: .directory(folder.path))
  }

  @Test func resolvesTheInterpolationsOfTheOfficialFiles() throws {
    let config = try config(
      """
      lyric_processor:
      prompt_len: 10
      rate: 25
      use: True
      none:
      lm: {dim: 64, theta: 100000.0, small: 1e-4, delays: [0, 250, 250], name: "12"}
      max_len: ${eval:${prompt_len}*${rate}+2}
      nested: ${eval:(${lm.dim} - 4) * -2}
      half: ${eval:${rate}/2}
      labels: ${load_yaml:conf/vocab.yaml}
      text: a${rate}b${lm.name}c
      """, ["conf/vocab.yaml": "- '[verse]'\n- '[chorus]'\n"])
    #expect(try config.int("max_len") == 252)
    #expect(try config.int("nested") == -120)
    #expect(try config.double("half") == 12.5)
    #expect(try config.strings("labels") == ["[verse]", "[chorus]"])
    #expect(try config.string("text") == "a25b12c")
    #expect(try config.string("lm.name") == "12")
    #expect(try config.double("lm.theta") == 100000)
    #expect(try config.double("lm.small") == 1e-4)
    #expect(try config.ints("lm.delays") == [0, 250, 250])
    #expect(try config.bool("use"))
    #expect(!config.contains("none"))
    #expect(!config.contains("lm.dim.x"))
  }

  static let wrong: [(String, String)] = [
    ("a: ${a}", "refers to itself"),
    ("a: ${b}\nb: x${a}", "refers to itself"),
    ("a: ${nothing}", "refers to nothing"),
    ("a: ${eval:__import__('os')}", "cannot evaluate"),
    ("a: ${eval:1/0}", "cannot evaluate"),
    ("a: ${eval:9223372036854775807+1}", "cannot evaluate"),
    ("a: ${eval:\(String(repeating: "(", count: 500))1", "closing brace"),
    ("a: ${eval:\(String(repeating: "(", count: 500))1}", "cannot evaluate"),
    ("a: ${load_yaml:../../etc/passwd}", "leads out"),
    ("a: ${load_yaml:missing.yaml}", "no such file"),
    ("a: x${b}\nb: [1]", "stands for a list"),
    ("a: ${", "closing brace"),
    ("a: 1\na: 2", "twice"),
    ("a: &x [1]\nb: *x", "aliases"),
    ("a: [1, 2", "not valid YAML"),
    (String(repeating: "[", count: 100_000), "nested too deeply"),
    (String(repeating: "- ", count: 100_000) + "a", "nested too deeply"),
    (String(repeating: "? ", count: 100_000) + "a", "nested too deeply"),
    ("a: " + String(repeating: "x", count: 1 << 20), "larger than"),
  ]

  @Test(arguments: wrong)
  func refuses(_ text: String, _ expected: String) throws {
    let message = try #require(failure { _ = try config(text) })
    #expect(message.contains(expected), "\(message)")
  }

  @Test func refusesAFanOfReferences() throws {
    var text = "a0: xxxxxxxxxx\n"
    for index in 1..<15 {
      text += "a\(index): " + String(repeating: "${a\(index - 1)}", count: 10) + "\n"
    }
    #expect(throws: WeightsFailure.self) { try config(text) }
  }

  @Test func saysWhichKeyIsMissingOrOfAnotherKind() throws {
    let config = try config("lm: {dim: x}")
    #expect(
      failure { _ = try config.int("lm.dim") } == "config.yaml: 'lm.dim' should be an integer")
    #expect(failure { _ = try config.int("lm.heads") } == "config.yaml: lacks 'lm.heads'")
  }

  @Test func damagedFilesAreRefusedOrReadSafely() throws {
    let good = Array("a: [1, {b: 'c'}, ${d}]\nd: |\n  text\n? e\n: ${eval:1+2}\n- f".utf8)
    var dice = Dice(2)
    var refused = 0
    let folder = try TemporaryFolder()
    for _ in 0..<1500 {
      var bytes = Array(good.prefix(1 + dice.roll(good.count)))
      for _ in 0...dice.roll(4) { bytes[dice.roll(bytes.count)] = UInt8(dice.roll(256)) }
      let file = MappedFile(name: "c", copying: bytes)
      let files = ModelFiles.embedded(name: "m", ["config.yaml": file.bytes])
      do {
        _ = try ModelConfig("config.yaml", in: files)
      } catch {
        refused += 1
      }
      withExtendedLifetime((file, folder)) {}
    }
    #expect(refused > 500)
  }
}
