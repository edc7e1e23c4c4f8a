import Diagnostics
import Foundation
import TestSupport
import Testing
import ToolSupport

@Suite struct OutputFileTests {
  @Test func appearsOnlyWithTheCommit() throws {
    let scratch = try Scratch()
    let file = try OutputFile(scratch.path("song.txt"))
    try file.write("one")
    #expect(try !scratch.names().contains("song.txt"))
    try file.commit()
    #expect(try scratch.names() == ["song.txt"])
    #expect(try scratch.bytes("song.txt") == Array("one".utf8))
  }

  @Test func isGoneWithoutACommit() throws {
    let scratch = try Scratch()
    do {
      let file = try OutputFile(scratch.path("song.txt"))
      try file.write("half")
    }
    #expect(try scratch.names() == [])
  }

  @Test func keepsTheOldFileUntilTheCommit() throws {
    let scratch = try Scratch()
    try scratch.write(Array("old".utf8), to: "song.txt")
    let file = try OutputFile(scratch.path("song.txt"))
    try file.write("new")
    #expect(try scratch.bytes("song.txt") == Array("old".utf8))
    file.discard()
    #expect(try scratch.bytes("song.txt") == Array("old".utf8))
    let again = try OutputFile(scratch.path("song.txt"))
    try again.write("new")
    try again.commit()
    #expect(try scratch.bytes("song.txt") == Array("new".utf8))
  }

  // Not even a kill leaves something behind, where the file system has files without names.
  @Test func hasNoNameBeforeTheCommit() throws {
    let scratch = try Scratch()
    let file = try OutputFile(scratch.path("song.txt"))
    try file.write("new")
    #expect(try scratch.names().count == (file.temporaryPath == nil ? 0 : 1))
    try scratch.write(Array("old".utf8), to: "song.txt")
    try file.commit()
    #expect(try scratch.names() == ["song.txt"])
    #expect(try scratch.bytes("song.txt") == Array("new".utf8))
  }

  @Test func writesThroughASymbolicLink() throws {
    let scratch = try Scratch()
    try scratch.write([1], to: "target")
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path("link"), withDestinationPath: "target")
    let file = try OutputFile(scratch.path("link"))
    try file.write("x")
    try file.commit()
    #expect(try scratch.bytes("target") == [120])
    let kind = try FileManager.default.attributesOfItem(atPath: scratch.path("link"))[.type]
    #expect(kind as? FileAttributeType == .typeSymbolicLink)
  }

  @Test func longAndHiddenNamesWork() throws {
    let scratch = try Scratch()
    let name = String(repeating: "ü", count: 120) + ".txt"
    let file = try OutputFile(scratch.path(name))
    try file.commit()
    #expect(try scratch.names().count == 1)
    #expect(try scratch.names().first?.utf8.count == name.utf8.count)
  }

  @Test func aDeviceIsWrittenDirectlyAndStays() throws {
    let file = try OutputFile("/dev/null")
    #expect(file.temporaryPath == nil)
    try file.write("x")
    try file.commit()
    var attributes = try FileManager.default.attributesOfItem(atPath: "/dev/null")
    #expect(attributes.removeValue(forKey: .type) as? FileAttributeType == .typeCharacterSpecial)
  }

  @Test func aFullDiskIsStatus74() throws {
    let file = try OutputFile("/dev/full")
    let failure = #expect(throws: ToolFailure.self) { try file.write("x") }
    #expect(failure?.status == .inputOutput)
    #expect(failure?.description == "cannot write '/dev/full': no space left on device")
  }

  @Test(arguments: ["/nowhere/song.flac", "/proc/version/x", "/"])
  func whatCannotBeCreatedIsStatus73(path: String) throws {
    let failure = #expect(throws: ToolFailure.self) { _ = try OutputFile(path) }
    #expect(failure?.status == .cannotCreate)
    #expect(failure?.description.hasPrefix("cannot create '\(path)': ") == true)
  }
}

@Suite struct InputFileTests {
  @Test func readsAFile() throws {
    let scratch = try Scratch()
    let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let path = try scratch.write(bytes, to: "a")
    #expect(try InputFile(path).readAll(limit: 200_000) == bytes)
    let failure = #expect(throws: ToolFailure.self) {
      _ = try InputFile(path).readAll(limit: 199_999)
    }
    #expect(failure?.status == .data)
  }

  @Test func refusesWhatIsNoFile() {
    let missing = #expect(throws: ToolFailure.self) { _ = try InputFile("/no\u{1B}where") }
    #expect(missing?.status == .noInput)
    #expect(
      missing?.description == "cannot open '/no\\u{1B}where': no such file or directory")
    let directory = #expect(throws: ToolFailure.self) { _ = try InputFile("/") }
    #expect(directory?.status == .noInput)
    #expect(directory?.description == "cannot read '/': it is a directory")
  }
}
