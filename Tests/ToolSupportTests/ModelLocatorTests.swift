import Diagnostics
import Foundation
import TestSupport
import Testing
import ToolSupport

@Suite struct ModelLocatorTests {
  private func make(_ scratch: Scratch, _ names: String...) throws {
    for name in names {
      try FileManager.default.createDirectory(
        atPath: scratch.path(name), withIntermediateDirectories: true)
    }
  }

  @Test func findsByOptionThenVariableThenPlaces() throws {
    let scratch = try Scratch()
    try make(
      scratch, "path/base", "home/sg/models/base", "home/sg/models/other", "dirs/sg/models/x")
    var environment = [
      "SG_MODEL_PATH": scratch.path("none") + ":" + scratch.path("path"),
      "XDG_DATA_HOME": scratch.path("home"),
      "XDG_DATA_DIRS": "/none:" + scratch.path("dirs"),
    ]
    var locator = ModelLocator(environment: environment)
    #expect(try locator.locate("base") == .directory(scratch.path("path/base")))
    #expect(try locator.locate("other") == .directory(scratch.path("home/sg/models/other")))
    #expect(try locator.locate("x") == .directory(scratch.path("dirs/sg/models/x")))
    #expect(try locator.locate(nil) == .embedded)
    #expect(try locator.locate("tiny") == .embedded)
    environment["SG_MODEL"] = "other"
    locator = ModelLocator(environment: environment)
    #expect(try locator.locate(nil) == .directory(scratch.path("home/sg/models/other")))
    #expect(try locator.locate("base") == .directory(scratch.path("path/base")))
  }

  @Test func aDirectoryCalledDefaultIsTheDefault() throws {
    let scratch = try Scratch()
    try make(scratch, "default")
    let locator = ModelLocator(environment: ["SG_MODEL_PATH": scratch.path("")])
    #expect(try locator.locate(nil) != .embedded)
    #expect(try locator.locate("tiny") == .embedded)
  }

  @Test func aPathIsTakenAsItIs() throws {
    let scratch = try Scratch()
    try make(scratch, "m")
    let locator = ModelLocator(environment: [:])
    #expect(try locator.locate(scratch.path("m")) == .directory(scratch.path("m")))
    let failure = #expect(throws: ToolFailure.self) { try locator.locate("./nothing") }
    #expect(failure?.status == .unavailable)
    #expect(failure?.description == "model './nothing': there is no such directory")
  }

  @Test func namesThePlacesSearched() {
    let locator = ModelLocator(environment: ["HOME": "/home/a"])
    let failure = #expect(throws: ToolFailure.self) { try locator.locate("base") }
    #expect(failure?.status == .unavailable)
    #expect(
      failure?.description.hasPrefix(
        "model 'base' not found in: $SG_MODEL_PATH, ~/.local/share/sg/models, "
          + "/usr/local/share/sg/models, /usr/share/sg/models, ~/.cache/huggingface/hub\n") == true)
    #expect(failure?.description.contains("academic, research and education use only") == true)
    #expect(throws: ToolFailure.self) { try locator.locate("") }
  }

  @Test func findsDownloadsOfHuggingFace() throws {
    let scratch = try Scratch()
    try make(
      scratch, "hub/models--o--one/snapshots/a", "hub/models--o--two/snapshots/b",
      "hub/models--o--two/snapshots/c", "hub/models--o--two/refs", "hub/models--p--one/snapshots/d",
      "hub/models--o--out/refs", "hub/models--o--out/snapshots/e", "hub/models--o--out/snapshots/f",
      "hub/datasets--o--x/snapshots/g", "hub/models--short/snapshots/h")
    try Data("c\n".utf8).write(to: scratch.url.appending(path: "hub/models--o--two/refs/main"))
    try Data("../..".utf8).write(to: scratch.url.appending(path: "hub/models--o--out/refs/main"))
    func path(_ rest: String) -> String { scratch.path("hub/models--" + rest) }
    for environment in [
      ["HF_HUB_CACHE": scratch.path("hub")], ["HF_HOME": scratch.path("")],
    ] {
      let locator = ModelLocator(environment: environment)
      #expect(locator.downloads().map(\.name) == ["o/one", "o/two", "p/one"])
      #expect(try locator.locate("o/one").path == path("o--one/snapshots/a"))
      #expect(try locator.locate("two").path == path("o--two/snapshots/c"))
      #expect(throws: ToolFailure.self, "two repositories are called so") {
        try locator.locate("one")
      }
      #expect(throws: ToolFailure.self) { try locator.locate("out") }
      #expect(throws: ToolFailure.self) { try locator.locate("x") }
    }
  }
}

extension ModelLocation {
  /// The directory with single slashes.
  fileprivate var path: String? {
    guard case .directory(let path) = self else { return nil }
    return path.replacingOccurrences(of: "//", with: "/")
  }
}
