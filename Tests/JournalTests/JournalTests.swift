import Foundation
import Hashing
import Journal
import SongStream
import TestSupport
import Testing

/// What a journal says is done, behind a reference: expectations take no mutating calls.
private final class Done {
  private var songs: DoneSongs

  init(_ path: String) throws { songs = try DoneSongs(path) }

  var files: [DoneSongs.File] { songs.files }
  func isDone(_ key: SongKey) -> Bool { songs.isDone(key) }
  func take(_ key: SongKey) -> (file: DoneSongs.File, isDone: Bool)? { songs.take(key) }
}

@Suite struct JournalTests {
  let scratch: Scratch
  let path: String

  init() throws {
    scratch = try Scratch()
    path = scratch.path("done.jsonl")
  }

  /// A finished song of `bytes` bytes under `file`.
  private func done(_ header: SongHeader, _ file: String, _ bytes: Int) throws -> JournalEntry {
    try scratch.write([UInt8](repeating: 7, count: bytes), to: file)
    return JournalEntry(
      header,
      .done(file: scratch.path(file), bytes: bytes, sha256: String(repeating: "0", count: 64))
    )
  }

  private func header(_ id: String, words: String = "la") -> SongHeader {
    SongHeader(
      kind: .pcm, id: id, seed: 7, request: ["idx": .string(id), "gt_lyric": .string(words)])
  }

  @Test func whatIsWrittenIsRead() throws {
    let journal = try JournalFile(path)
    try journal.append(done(header("one"), "one.flac", 5))
    try journal.append(JournalEntry(header("two"), .failed(tool: "sg-lm", code: 65, message: "no")))
    let songs = try Done(path)
    #expect(songs.files.map(\.path) == [scratch.path("one.flac")])
    #expect(songs.isDone(SongKey(header("one"))))
    #expect(!songs.isDone(SongKey(header("one"))), "it stands there once")
    #expect(!songs.isDone(SongKey(header("two"))))
  }

  @Test func aChangedRequestIsNotDoneButKeepsItsFile() throws {
    try JournalFile(path).append(done(header("one"), "one.flac", 5))
    let songs = try Done(path)
    #expect(!songs.isDone(SongKey(header("one", words: "lo"))))
    #expect(!songs.isDone(SongKey(header("One"))))
    let found = try #require(songs.take(SongKey(header("one", words: "lo"))))
    #expect(found.file.path == scratch.path("one.flac") && !found.isDone)
  }

  @Test func aMissingJournalIsEmptyAndADirectoryIsNone() throws {
    #expect(try DoneSongs(path).files.isEmpty)
    #expect(throws: JournalFailure.self) { try DoneSongs(scratch.url.path) }
    #expect(throws: JournalFailure.self) { try DoneSongs("/dev/zero") }
    #expect(throws: JournalFailure.self) { try JournalFile(scratch.url.path) }
    #expect(throws: JournalFailure.self) { try JournalFile("/dev/full") }
  }

  @Test func aFileOfAnotherSizeIsNotDone() throws {
    try JournalFile(path).append(done(header("one"), "one.flac", 5))
    try scratch.write([1, 2], to: "one.flac")
    let songs = try Done(path)
    #expect(!songs.isDone(SongKey(header("one"))))
    #expect(songs.take(SongKey(header("one")))?.isDone == false, "its name is still known")
  }

  @Test func songsOfOneNameAndRequestAreCounted() throws {
    let journal = try JournalFile(path)
    try journal.append(done(header("one"), "one.flac", 5))
    try journal.append(done(header("one"), "one-2.flac", 5))
    try FileManager.default.removeItem(atPath: scratch.path("one-2.flac"))
    var songs = try Done(path)
    #expect(songs.isDone(SongKey(header("one"))))
    #expect(!songs.isDone(SongKey(header("one"))))
    songs = try Done(path)
    #expect(songs.take(SongKey(header("one")))?.file.path == scratch.path("one-2.flac"))
    #expect(songs.take(SongKey(header("one")))?.isDone == true)
    #expect(songs.take(SongKey(header("one"))) == nil)
  }

  // A power cut may leave any part of the last line.
  @Test func aTornLineCountsForNothingAndIsEnded() throws {
    let journal = try JournalFile(path)
    try journal.append(done(header("one"), "one.flac", 5))
    let whole = try scratch.bytes("done.jsonl")
    try journal.append(done(header("two"), "two.flac", 5))
    let both = try scratch.bytes("done.jsonl")
    for length in whole.count..<both.count {
      try scratch.write(Array(both[..<length]), to: "done.jsonl")
      var songs = try Done(path)
      #expect(songs.isDone(SongKey(header("one"))) && !songs.isDone(SongKey(header("two"))))
      try JournalFile(path).append(done(header("two"), "two.flac", 5))
      songs = try Done(path)
      #expect(songs.isDone(SongKey(header("one"))) && songs.isDone(SongKey(header("two"))))
    }
  }

  @Test func anythingMayBeInAJournal() throws {
    var random = SystemRandomNumberGenerator()
    let journal = try JournalFile(path)
    try journal.append(done(header("one"), "one.flac", 5))
    let line = try scratch.bytes("done.jsonl")
    for _ in 0..<500 {
      var bytes = line
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] = .random(in: 0...255, using: &random)
      }
      try scratch.write(bytes + line, to: "done.jsonl")
      let songs = try Done(path)
      _ = songs.isDone(SongKey(header("one")))
    }
    for text in [
      "", "\n\n", "null\n", "[]\n", #"{"status":"done"}"# + "\n",
      #"{"status":"done","id":1,"request":2,"file":3,"bytes":4}"# + "\n",
      #"{"status":"done","id":"a","request":"b","file":"/etc/passwd","bytes":-1}"# + "\n",
      String(repeating: "x", count: 3 << 20) + "\n",
    ] {
      try scratch.write(Array(text.utf8), to: "done.jsonl")
      #expect(try DoneSongs(path).files.isEmpty)
    }
  }

  @Test func writersDoNotMixTheirLines() async throws {
    let entries = try (0..<8).map { try done(header("song\($0)"), "\($0).flac", 5) }
    let path = path
    await withTaskGroup(of: Void.self) { group in
      for entry in entries {
        group.addTask {
          for _ in 0..<20 { try? JournalFile(path).append(entry) }
        }
      }
    }
    let lines = String(decoding: try scratch.bytes("done.jsonl"), as: UTF8.self).split(
      separator: "\n")
    #expect(lines.count == 160)
    #expect(Set(lines) == Set(entries.map { Substring($0.line) }))
  }

  @Test func textFromOutsideIsSafeOnATerminal() {
    let entry = JournalEntry(
      header("a\u{1B}[2J"), .failed(tool: "sg-lm", code: 65, message: "\u{202E}\n\u{7}"))
    #expect(entry.line.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202E })
  }

  @Test func digestsAreThoseOfSha256() throws {
    try scratch.write(Array("abc".utf8), to: "abc")
    let handle = try #require(FileHandle(forReadingAtPath: scratch.path("abc")))
    let (sha256, bytes) = try SHA256.file(handle.fileDescriptor, name: "abc")
    #expect(sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(bytes == 3)
  }
}
