import SongStream
import Testing

@Suite struct HeaderTests {
  /// Text of a header with one track, changed in one place.
  private static func track(_ text: String) -> String {
    #"{"sgs":1,"kind":"tokens","id":"x","tracks":[\#(text)]}"#
  }

  private static let good = #""name":"mixed","type":"u16","shape":[1],"rate":[25,1]"#

  private static let sha = String(repeating: "a", count: 64)

  static let bad: [String] = [
    #"[]"#, #"1"#, #"{}"#, #"{"kind":"request","id":"x"}"#, #"{"sgs":1,"id":"x"}"#,
    #"{"sgs":1,"kind":"request"}"#, #"{"sgs":2,"kind":"request","id":"x"}"#,
    #"{"sgs":1.0,"kind":"request","id":"x"}"#, #"{"sgs":"1","kind":"request","id":"x"}"#,
    #"{"sgs":1,"kind":"song","id":"x"}"#, #"{"sgs":1,"kind":7,"id":"x"}"#,
    #"{"sgs":1,"kind":"request","id":""}"#, #"{"sgs":1,"kind":"request","id":5}"#,
    #"{"sgs":1,"kind":"request","id":"a\nb"}"#, #"{"sgs":1,"kind":"request","id":"\u001b[2J"}"#,
    #"{"sgs":1,"kind":"request","id":"\u202egnp.exe"}"#,
    #"{"sgs":1,"kind":"request","id":"x","seed":-1}"#,
    #"{"sgs":1,"kind":"request","id":"x","seed":1.5}"#,
    #"{"sgs":1,"kind":"request","id":"x","seed":18446744073709551616}"#,
    #"{"sgs":1,"kind":"request","id":"x","seed":"7"}"#,
    #"{"sgs":1,"kind":"request","id":"x","seed":null}"#,
    #"{"sgs":1,"kind":"request","id":"x","max_skew":-1}"#,
    #"{"sgs":1,"kind":"request","id":"x","max_skew":1e2}"#,
    #"{"sgs":1,"kind":"request","id":"x","tracks":{}}"#,
    #"{"sgs":1,"kind":"request","id":"x","tracks":[1]}"#,
    track("{}"),
    track(#"{"type":"u16","shape":[1],"rate":[25,1]}"#),
    track(#"{"name":"mixed","shape":[1],"rate":[25,1]}"#),
    track(#"{"name":"mixed","type":"u16","rate":[25,1]}"#),
    track(#"{"name":"mixed","type":"u16","shape":[1]}"#),
    track(#"{"name":"Mixed","type":"u16","shape":[1],"rate":[25,1]}"#),
    track(#"{"name":"","type":"u16","shape":[1],"rate":[25,1]}"#),
    track(#"{"name":"a/b","type":"u16","shape":[1],"rate":[25,1]}"#),
    track(#"{"name":"mixed","type":"i64","shape":[1],"rate":[25,1]}"#),
    track(#"{"name":"mixed","type":"u16","shape":1,"rate":[25,1]}"#),
    track(#"{"name":"mixed","type":"u16","shape":[],"rate":[25,1]}"#),
    track(#"{"name":"mixed","type":"u16","shape":[0],"rate":[25,1]}"#),
    track(#"{"name":"mixed","type":"u16","shape":[-1],"rate":[25,1]}"#),
    track(#"{"name":"mixed","type":"u16","shape":[-2,-2],"rate":[25,1]}"#),
    track(#"{"name":"mixed","type":"u16","shape":[1.0],"rate":[25,1]}"#),
    track(#"{"name":"mixed","type":"u16","shape":[4611686018427387904,4],"rate":[25,1]}"#),
    track(#"{"name":"mixed","type":"u16","shape":[1,1,1,1,1,1,1,1,1],"rate":[25,1]}"#),
    track(#"{"name":"mixed","type":"u16","shape":[1],"rate":25}"#),
    track(#"{"name":"mixed","type":"u16","shape":[1],"rate":[25]}"#),
    track(#"{"name":"mixed","type":"u16","shape":[1],"rate":[25,1,1]}"#),
    track(#"{"name":"mixed","type":"u16","shape":[1],"rate":[25,0]}"#),
    track(#"{"name":"mixed","type":"u16","shape":[1],"rate":[0,1]}"#),
    track(#"{"name":"mixed","type":"u16","shape":[1],"rate":[-25,-1]}"#),
    track(#"{"name":"mixed","type":"u16","shape":[1],"rate":[25.0,1]}"#),
    track(#"{"name":"mixed","type":"u16","shape":[1],"rate":[25,1],"vocab":0}"#),
    track(#"{"name":"mixed","type":"u16","shape":[1],"rate":[25,1],"vocab":65537}"#),
    track(#"{"name":"mixed","type":"u32","shape":[1],"rate":[25,1],"vocab":4294967297}"#),
    track(#"{"name":"mixed","type":"f32","shape":[1],"rate":[25,1],"vocab":5}"#),
    track("{\(good)},{\(good)}"),
    #"{"sgs":1,"kind":"request","id":"x","models":[{"role":"lm","name":"t","sha256":"ab"}]}"#,
    #"{"sgs":1,"kind":"request","id":"x","models":[{"role":"L M","name":"t","sha256":"\#(sha)"}]}"#,
    #"{"sgs":1,"kind":"request","id":"x","models":[{"role":"lm","name":"\u0007","sha256":"\#(sha)"}]}"#,
    #"{"sgs":1,"kind":"request","id":"x","models":[{"role":"lm","sha256":"\#(sha)"}]}"#,
    #"{"sgs":1,"kind":"request","id":"x","history":[{"tool":"t","version":"1","options":[]}]}"#,
    #"{"sgs":1,"kind":"request","id":"x","history":[{"tool":"t","options":{}}]}"#,
    #"{"sgs":1,"kind":"request","id":"x","history":[{"tool":"","version":"1","options":{}}]}"#,
    #"{"sgs":1,"kind":"request","id":"x","history":"sg-lm"}"#,
  ]

  @Test(arguments: bad)
  func badHeadersAreRefused(text: String) {
    switch Samples.failure(ofHeader: text) {
    case .header: break
    case let other: Issue.record("not refused as a header: \(String(describing: other))")
    }
  }

  @Test func aHeaderThatIsNotJSONIsRefused() {
    #expect(Samples.failure(ofHeader: "{") == .json(JSONFailure(.unexpectedEnd, at: 1)))
  }

  @Test func idsMayHaveAnyPrintableText() {
    for id in ["x", "../../etc/passwd", "夜の歌 №1", "🎵", String(repeating: "a", count: 128)] {
      let text = #"{"sgs":1,"kind":"request","id":"\#(id)"}"#
      #expect(Samples.failure(ofHeader: text) == nil)
    }
  }

  @Test func jsonComesBackAsItWas() throws {
    let header = Samples.header
    #expect(try SongHeader(json: header.json) == header)
    #expect(header.json["seed"] == .unsigned(.max))
    #expect(header.json["sgs"] == 1)
  }

  @Test func knownKeysWinOverUnknownOnes() throws {
    var header = Samples.header
    header.extra["kind"] = "pcm"
    header.extra["sgs"] = 9
    #expect(header.json["kind"] == "tokens")
    #expect(header.json["sgs"] == 1)
  }

  @Test func tracksAreFoundByName() {
    #expect(Samples.header.track("vocal") == 1)
    #expect(Samples.header.track("drums") == nil)
  }
}
