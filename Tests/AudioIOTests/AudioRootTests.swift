import AudioIO
import Foundation
import TestSupport
import Testing

struct AudioRootTests {
  @Test func filesBeneathAreOpenedAndNoOthers() throws {
    let scratch = try Scratch()
    let tone = (0..<100).map { UInt8($0) }
    let size = UInt8(tone.count)
    let wav =
      Array("RIFF".utf8) + [36 + size, 0, 0, 0] + Array("WAVEfmt ".utf8)
      + [16, 0, 0, 0, 1, 0, 1, 0, 0x40, 0x1F, 0, 0, 0x40, 0x1F, 0, 0, 1, 0, 8, 0]
      + Array("data".utf8) + [size, 0, 0, 0] + tone
    let manager = FileManager.default
    let root = scratch.url.appending(path: "root")
    try manager.createDirectory(
      at: root.appending(path: "in"), withIntermediateDirectories: true)
    try scratch.write(wav, to: "outside.wav")
    try scratch.write(wav, to: "root/a.wav")
    try scratch.write(wav, to: "root/in/b.wav")
    try scratch.write([], to: "root/empty.wav")
    for (name, target) in [("link.wav", "../outside.wav"), ("same.wav", "a.wav"), ("up", "..")] {
      try manager.createSymbolicLink(
        atPath: root.appending(path: name).path, withDestinationPath: target)
    }
    let audio = try AudioRoot(root.path)
    for name in ["a.wav", "in/b.wav", "./in/./b.wav"] {
      #expect(try audio.open(name).sampleRate == 8000)
    }
    let refused = [
      "", ".", "..", "../outside.wav", "in/../../outside.wav", "/etc/passwd",
      scratch.path("outside.wav"), "link.wav", "same.wav", "up/outside.wav", "in", "in//b.wav",
      "a.wav/", "a.wav/x", "missing.wav", "empty.wav", "a.wav\0",
      String(repeating: "x", count: 5000),
    ]
    for name in refused {
      #expect(throws: AudioFailure.self, "\(name.prefix(40))") { try audio.open(name) }
    }
    #expect(throws: AudioFailure.self) { try AudioRoot(root.appending(path: "a.wav").path) }
  }
}
