import Foundation
import Testing
import Weights

@Suite struct ModelFilesTests {
  @Test func pathsStayBelowTheRoot() {
    #expect(ModelPath("./a//b/../c")?.parts == ["a", "c"])
    #expect(ModelPath("")?.parts == [])
    for bad in ["/etc/passwd", "..", "a/../../b", "a\0b", String(repeating: "x", count: 5000)] {
      #expect(ModelPath(bad) == nil)
    }
  }

  @Test func neitherDotsNorLinksLeaveTheDirectory() throws {
    let outside = try TemporaryFolder()
    try outside.write("secret", "secret")
    let inside = try TemporaryFolder()
    try inside.write("a/file", "content")
    let manager = FileManager.default
    try manager.createSymbolicLink(
      atPath: inside.path + "/link", withDestinationPath: outside.path + "/secret")
    try manager.createSymbolicLink(
      atPath: inside.path + "/folder", withDestinationPath: outside.path)
    try manager.createSymbolicLink(atPath: inside.path + "/good", withDestinationPath: "a/file")
    let files = try ModelFiles.directory(inside.path)
    #expect(try files.open("./a/../good").text() == "content")
    for bad in [
      "link", "folder/secret", "../\(outside.path.split(separator: "/").last ?? "")/secret", "a",
    ] {
      #expect(!files.exists(bad))
      #expect(throws: WeightsFailure.self) { try files.open(bad) }
    }
    #expect(files.list() == ["a/file", "good"])
  }

  @Test func embeddedFilesActTheSame() throws {
    let copy = MappedFile(name: "x", copying: Array("content".utf8))
    let files = ModelFiles.embedded(name: "tiny", ["conf/a.yaml": copy.bytes])
    #expect(files.exists("./conf/a.yaml"))
    #expect(try files.open("conf/./a.yaml").text() == "content")
    #expect(files.list() == ["conf/a.yaml"])
    #expect(throws: WeightsFailure.self) { try files.open("b") }
    #expect(throws: WeightsFailure.self) { try files.open("../conf/a.yaml") }
    withExtendedLifetime(copy) {}
  }

  @Test func saysThatTheDirectoryIsMissing() {
    #expect(
      failure { _ = try ModelFiles.directory("/nonexistent/model") }
        == "/nonexistent/model: there is no such model directory")
  }

  @Test func textIsBoundedAndUTF8() throws {
    let long = MappedFile(name: "l", copying: [UInt8](repeating: 65, count: 20))
    #expect(throws: WeightsFailure.self) { try long.text(limit: 19) }
    #expect(try long.text(limit: 20).count == 20)
    #expect(throws: WeightsFailure.self) { try MappedFile(name: "b", copying: [0xFF]).text() }
  }
}
