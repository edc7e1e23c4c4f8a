import Foundation
import TestSupport
import Testing
import ToolSupport

@Suite struct OutputFolderTests {
  private func names(_ scratch: Scratch) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: scratch.path("")).sorted()
  }

  @Test func appearsWhole() throws {
    let scratch = try Scratch()
    let folder = try OutputFolder(scratch.path("m/"))
    try folder.write("a") { try $0.write("1") }
    try folder.write("x/y/b") { try $0.write("2") }
    #expect(!FileManager.default.fileExists(atPath: scratch.path("m")))
    try folder.commit()
    #expect(try String(contentsOfFile: scratch.path("m/x/y/b"), encoding: .utf8) == "2")
    #expect(try names(scratch) == ["m"])
  }

  @Test func leavesNothingBehind() throws {
    let scratch = try Scratch()
    do {
      let folder = try OutputFolder(scratch.path("m"))
      try folder.write("x/a") { try $0.write("1") }
      #expect(throws: CancellationError.self) {
        try folder.write("x/b") { _ in throw CancellationError() }
      }
    }
    #expect(try names(scratch) == [])
  }

  @Test func overwritesNothing() throws {
    let scratch = try Scratch()
    try Data().write(to: scratch.url.appending(path: "m"))
    #expect(throws: ToolFailure.self) { try OutputFolder(scratch.path("m")) }
    let folder = try OutputFolder(scratch.path("n"))
    try Data("old".utf8).write(to: scratch.url.appending(path: "n"))
    #expect(throws: ToolFailure.self) { try folder.commit() }
    #expect(try names(scratch) == ["m", "n"])
  }
}
