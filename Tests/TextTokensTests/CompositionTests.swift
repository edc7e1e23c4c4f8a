import Testing
import TextTokens

@Suite struct CompositionTests {
  @Test(arguments: [
    ("cafe\u{301}", "caf\u{E9}"), ("\u{212B}", "\u{C5}"), ("\u{1100}\u{1161}\u{11A8}", "\u{AC01}"),
    ("A\u{327}\u{301}", "\u{C1}\u{327}"), ("\u{2F98D}", "\u{8F9E}"), ("\u{958}", "\u{915}\u{93C}"),
    ("a\u{301}\u{F73}", "\u{E1}\u{F71}\u{F72}"),
    ("\u{1CE3}\u{8E9}\u{F75}", "\u{1CE3}\u{F71}\u{F74}\u{8E9}"),
    ("\u{2DFC}\u{F81}", "\u{F71}\u{F80}\u{2DFC}"),
  ])
  func formC(_ text: String, _ composed: String) {
    #expect(PlainText.composed(text).unicodeScalars.elementsEqual(composed.unicodeScalars))
  }
}
