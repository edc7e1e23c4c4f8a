import Lyrics
import SongStream
import Testing

@Suite struct RequestTests {
  private func request(_ line: String) throws -> Request {
    var checker = RequestChecker()
    return try #require(checker.check(line: Array(line.utf8), number: 1).request)
  }

  /// The reference's keys pass unchanged, unknown ones too; sections are added.
  @Test func keysOfTheReference() throws {
    let line = """
      {"auto_prompt_audio_type":"R&B/Soul","descriptions":"female, pop, the bpm is 94.",\
      "gt_lyric":"[intro-short] ; [verse] 夜色.I walk ; [chorus] さよなら ; [outro-short]",\
      "idx":"sample_01","mood":{"a":[1,2.5,null]}}
      """
    let request = try request(line)
    #expect(request.id == "sample_01")
    #expect(request.autoPromptType == "R&B/Soul")
    #expect(request.generation == .mixed)
    #expect(String(decoding: request.referenceJSON.encoded(), as: UTF8.self) == line)
    #expect(
      request.sections == [
        Section(label: "[intro-short]", text: ""), Section(label: "[verse]", text: "夜色.I walk"),
        Section(label: "[chorus]", text: "さよなら"), Section(label: "[outro-short]", text: ""),
      ])
    #expect(request.sections[1].knownLabel == .verse)
    #expect(request.json["sections"]?.array?.count == 4)
    #expect(try Request(json: request.json) == request)
  }

  @Test func numbersAreNames() throws {
    #expect(try request(#"{"idx":17,"gt_lyric":"[verse] a."}"#).id == "17")
  }

  @Test func typeIsKept() throws {
    let line = #"{"generate_type":"bgm","gt_lyric":"[verse] a.","idx":"x"}"#
    let request = try request(line)
    #expect(request.isInstrumental)
    #expect(String(decoding: request.referenceJSON.encoded(), as: UTF8.self) == line)
    #expect(try Request(json: request.json).generation == .accompaniment)
  }

  @Test(arguments: [
    ("null", "it is not an object"), ("[]", "it is not an object"), ("{}", "it has no 'idx'"),
    (#"{"idx":"a"}"#, "it has no 'gt_lyric'"), (#"{"idx":true}"#, "'idx' is not a string"),
    (#"{"idx":"a","gt_lyric":1}"#, "'gt_lyric' is not a string"),
    (#"{"idx":"a","gt_lyric":"","descriptions":[]}"#, "'descriptions' is not a string"),
    (
      #"{"idx":"a","gt_lyric":"","generate_type":"all"}"#,
      "'generate_type' is none of mixed, vocal, separate, bgm"
    ),
  ])
  func refused(_ text: String, _ reason: String) throws {
    let json = try JSONValue(parsing: Array(text.utf8))
    #expect(throws: LyricsFailure.self) { try Request(json: json) }
    do throws(LyricsFailure) {
      _ = try Request(json: json)
    } catch {
      #expect(error.reason == reason)
    }
  }

  @Test(arguments: [
    ("a/b/walk.txt", "walk"), ("walk", "walk"), (".walk", ".walk"), ("a.b.txt", "a.b"),
    ("/", "song"), ("", "song"), ("x\u{1B}.txt", "song"),
  ])
  func namesOfFiles(_ path: String, _ name: String) {
    #expect(SongName.from(path: path) == name)
  }

  @Test(arguments: [
    ("", InputForm.empty), (" \n\t\r\n", .empty), ("\u{FEFF}\n {", .lines), ("{", .lines),
    ("[verse]", .plain), ("x{", .plain),
  ])
  func forms(_ text: String, _ form: InputForm) {
    #expect(InputForm(beginningOf: Array(text.utf8)) == form)
  }
}
