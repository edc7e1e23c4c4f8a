import Diagnostics
import Foundation
import Neural
import SongStream
import TestSupport
import Testing
import TrainingRun

@Suite struct RunFolderTests {
  let scratch: Scratch
  let path: String
  let settings: JSONValue = ["steps": 100, "model": ["width": 8, "rate": 1], "data": ["a", "b"]]

  init() throws {
    scratch = try Scratch()
    path = scratch.path("run")
  }

  private func open(
    _ settings: JSONValue? = nil, _ opening: RunFolder.Opening = .either,
    changeable: Set<String> = []
  ) throws -> RunFolder {
    try RunFolder(
      path, settings: settings ?? self.settings, changeable: changeable, opening: opening)
  }

  /// What `body` failed with.
  private func failure(_ body: () throws -> Void) -> RunFailure? {
    do { try body() } catch { return error as? RunFailure }
    return nil
  }

  @Test func settingsAreKeptAsGiven() throws {
    _ = try open(nil, .fresh)
    #expect(try RunFolder.settings(of: path) == settings)
    #expect(String(decoding: try scratch.bytes("run/config.json"), as: UTF8.self).hasSuffix("}\n"))
  }

  @Test func aRunBeginsOnceAndGoesOnOnlyIfItIsThere() throws {
    #expect(failure { _ = try open(nil, .resume) }?.status == .noInput)
    #expect(!FileManager.default.fileExists(atPath: path))
    _ = try open(nil, .fresh)
    #expect(failure { _ = try open(nil, .fresh) }?.status == .cannotCreate)
    _ = try open(nil, .resume)
    _ = try open(nil, .either)
  }

  @Test func otherSettingsAreRefusedByName() throws {
    _ = try open()
    let other: JSONValue = [
      "steps": 100, "model": ["width": 9, "rate": 1.0], "data": ["a"], "new": true,
    ]
    let refusal = try #require(failure { _ = try open(other) })
    #expect(refusal.status == .configuration)
    #expect(refusal.description.contains("'model.width' is 8 there and 9 now"))
    #expect(refusal.description.contains("'data' is [\"a\",\"b\"] there and [\"a\"] now"))
    #expect(refusal.description.contains("'new' is missing there and true now"))
    #expect(!refusal.description.contains("rate"), "1 and 1.0 are one number")
    #expect(try RunFolder.settings(of: path) == settings, "nothing was written")
  }

  @Test func whatMayChangeIsWrittenDown() throws {
    _ = try open()
    var members = try #require(settings.object)
    members["steps"] = 200
    #expect(failure { _ = try open(.object(members)) } != nil)
    _ = try open(.object(members), changeable: ["steps"])
    #expect(try RunFolder.settings(of: path)["steps"] == 200)
  }

  @Test func aFolderOfSomethingElseIsLeftAlone() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    _ = try scratch.write([1], to: "run/letters.txt")
    #expect(failure { _ = try open() }?.status == .cannotCreate)
    #expect(try FileManager.default.contentsOfDirectory(atPath: path) == ["letters.txt"])
    _ = try scratch.write([1], to: "file")
    #expect(throws: RunFailure.self) {
      try RunFolder(scratch.path("file"), settings: settings, opening: .either)
    }
  }

  @Test func damagedSettingsAreAnError() throws {
    _ = try open()
    for text in ["", "{", "[1", String(repeating: "[", count: 100_000), "{\"a\":\u{0}}"] {
      try scratch.write(Array(text.utf8), to: "run/config.json")
      #expect(throws: RunFailure.self) { try open() }
    }
  }

  @Test func twoDoNotShareAFolder() throws {
    try withExtendedLifetime(try open()) {
      let refusal = try #require(failure { _ = try open() })
      #expect(refusal.status == .cannotCreate)
      #expect(refusal.description.contains("in use by process \(getpid())"))
    }
    _ = try open()
  }
}
