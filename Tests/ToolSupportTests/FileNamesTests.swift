import Testing
import ToolSupport

@Suite struct FileNamesTests {
  @Test(arguments: [
    ("walk", "walk"), ("../../etc/passwd", "_._.._etc_passwd"), ("..", "_"), (".", "_"),
    (".hidden", "_hidden"), ("-rf", "_rf"), ("/abs", "_abs"), ("", "song"), ("a b\tc", "a_b_c"),
    ("a\u{1B}[2J", "a__2J"), ("早上.歌", "早上.歌"), ("a\\b:c", "a_b_c"), ("a\u{202E}b", "a_b"),
    ("name.", "name"), ("a\u{0}b", "a_b"), ("~root", "_root"), ("$(x)", "__x_"),
  ])
  func idsBecomePlainNames(id: String, name: String) {
    var names = FileNames()
    #expect(names.name(for: id) == name)
  }

  @Test func noNameIsGivenTwice() {
    var names = FileNames()
    let ids = ["a", "A", "a", "a-2", "é", "e\u{301}", "a/b", "a_b"]
    let given = ids.map { names.name(for: $0) }
    #expect(Set(given.map { $0.lowercased() }).count == ids.count)
    #expect(given.prefix(3) == ["a", "A-2", "a-3"])
  }

  @Test func longIdsAreCut() {
    var names = FileNames()
    let first = names.name(for: String(repeating: "歌", count: 500))
    let second = names.name(for: String(repeating: "歌", count: 501))
    #expect(first.utf8.count == 180 && second.utf8.count <= 190 && first != second)
  }
}
