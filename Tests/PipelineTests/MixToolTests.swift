import AudioIO
import Foundation
import Mixing
import SongStream
import TestSupport
import Testing

@Suite struct MixToolTests {
  private func mix(
    _ arguments: [String], _ input: [UInt8], in scratch: Scratch
  ) throws -> ToolRun {
    try ToolRun("sg-mix", arguments, input: input, in: scratch)
  }

  private func json(_ run: ToolRun) throws -> JSONValue {
    try JSONValue(parsing: Array(run.output))
  }

  @Test func aSongBecomesAFile() throws {
    let scratch = try Scratch()
    let run = try mix(["-o", "song.flac"], StemStreams.song(), in: scratch)
    #expect(run.code == 0)
    let summary =
      /song\.flac: 0:01, -14\.0 LUFS, true peak -[0-9]+\.[0-9] dB, seed 42, model tiny \(toy\)\n/
    #expect(run.errors.wholeMatch(of: summary) != nil, "\(run.errors)")
    #expect(try scratch.names() == ["song.flac"])
    let reader = try AudioReader(path: scratch.path("song.flac"))
    #expect(reader.sampleRate == StemStreams.rate && reader.channels == 2)
    let samples = try reader.readAll(maxSeconds: 10)
    #expect(samples.count == 2 * StemStreams.rate * 3 / 2)
    let meter = try LoudnessMeter(sampleRate: StemStreams.rate)
    samples.withUnsafeBufferPointer { meter.add($0) }
    #expect(abs((meter.loudness ?? 0) + 14) < 0.1)
    #expect(decibels(meter.truePeak) <= -0.99)

    let line = try json(run)
    #expect(line["idx"]?.string == "walk" && line["gt_lyric"]?.string == "[verse] la.")
    #expect(line["descriptions"] == .null && line["mood"]?.integer == 3)
    #expect(line["wav_path"]?.string == "song.flac")
    #expect(line["seed"]?.integer == 42 && line["model"]?.string == "tiny")
    #expect(line["toy"]?.bool == true && line["duration"]?.double == 1.5)
    #expect(line["settings"]?["sg-decode"]?["steps"]?.integer == 10)
    #expect(line["settings"]?["sg-mix"]?["bits"]?.integer == 24)
    #expect(abs((line["loudness"]?.double ?? 0) + 14) < 0.1)
    #expect(try scratch.bytes("song.flac").contains(text: "toy model"))
  }

  @Test func theSameStemsGiveTheSameFile() throws {
    let scratch = try Scratch()
    let input = try StemStreams.song()
    for name in ["a", "b"] {
      #expect(
        try mix(["-o", name, "--format", "flac", "--bits", "16"], input, in: scratch).code == 0)
    }
    #expect(try scratch.bytes("a") == scratch.bytes("b"))
  }

  @Test func eachSongOfADirectoryGetsAPlainName() throws {
    let scratch = try Scratch()
    let ids = ["../../evil", "walk", "walk", ".hidden", "/etc/passwd"]
    let input = try StemStreams.stream { writer in
      for id in ids { try StemStreams.write(StemStreams.header(id), seconds: 0.5, to: writer) }
    }
    let run = try mix(["-o", "new/songs/", "--format", "ogg", "-q"], input, in: scratch)
    #expect(run.code == 0 && run.errors == "")
    let names = try FileManager.default.contentsOfDirectory(atPath: scratch.path("new/songs"))
    #expect(
      names.sorted() == [
        "_._.._evil.ogg", "_etc_passwd.ogg", "_hidden.ogg", "walk-2.ogg", "walk.ogg",
      ])
    #expect(run.text.split(separator: "\n").count == 5)
    #expect(try scratch.names() == ["new"])
  }

  @Test func oneSongThatFailsDoesNotStopTheOthers() throws {
    let scratch = try Scratch()
    let input = try StemStreams.stream { writer in
      try StemStreams.write(StemStreams.header("a"), seconds: 0.5, to: writer)
      try writer.begin(StemStreams.header("b"))
      try writer.fail(SongAbort(tool: "sg-lm", code: 69, message: "no\u{1B}model"))
      try StemStreams.write(StemStreams.header("c", channels: 3), seconds: 0.5, to: writer)
      try StemStreams.write(StemStreams.header("d"), seconds: 0.5, to: writer)
    }
    let run = try mix(["-o", "out/", "-q"], input, in: scratch)
    #expect(run.code == 69)
    #expect(
      run.errors == """
        sg-mix: 'b': sg-lm gave up on it: no\\u{1B}model
        sg-mix: 'c': stem 'vocal' has 3 channels; 1 or 2 can be mixed

        """)
    let names = try FileManager.default.contentsOfDirectory(atPath: scratch.path("out"))
    #expect(names.sorted() == ["a.flac", "d.flac"])
  }

  @Test func noFileOfAStreamThatWasCut() throws {
    let scratch = try Scratch()
    let input = try StemStreams.song(seconds: 0.5)
    for cut in Array(stride(from: 0, to: input.count, by: 9973)) + [
      input.count - 32, input.count - 1,
    ] {
      let run = try mix(["-o", "song.flac", "--keep-stems"], Array(input[..<cut]), in: scratch)
      #expect(run.code == (cut == 0 ? 66 : 65), "cut at \(cut)")
      #expect(run.errors.hasPrefix("sg-mix: ") && run.text == "")
      #expect(try scratch.names() == [], "cut at \(cut)")
    }
  }

  @Test func aSecondSongNeedsADirectory() throws {
    let scratch = try Scratch()
    let input = try StemStreams.song(seconds: 0.5) + StemStreams.song(seconds: 0.5)
    let run = try mix(["-o", "song.flac"], input, in: scratch)
    #expect(run.code == 64 && run.errors.contains("-o DIR/"))
    #expect(try scratch.names() == [])
  }

  @Test func standardOutputGetsAU() throws {
    let scratch = try Scratch()
    let run = try mix(["--loudness", "off", "--true-peak", "off"], StemStreams.song(), in: scratch)
    #expect(run.code == 0)
    let samples = try AudioReader(bytes: run.output, name: "au").readAll(maxSeconds: 5)
    let stems = (0..<2).map { StemStreams.tone($0, seconds: 1.5) }
    #expect(zip(samples, zip(stems[0], stems[1])).allSatisfy { abs($0 - $1.0 - $1.1) < 1e-6 })
    #expect(run.errors.hasPrefix("walk: 0:01, "))
  }

  @Test func settingsReachTheMix() throws {
    let scratch = try Scratch()
    let run = try mix(
      [
        "-o", "a.wav", "--bits", "32", "--loudness", "off", "--gain", "accompaniment=-inf",
        "--pan", "vocal=-1", "--rate", "48000", "--fade-out", "0.5",
      ], StemStreams.song(), in: scratch)
    #expect(run.code == 0)
    let reader = try AudioReader(path: scratch.path("a.wav"))
    #expect(reader.sampleRate == 48000)
    let samples = try reader.readAll(maxSeconds: 5)
    #expect(abs(samples.count / 2 - 72000) <= 1)
    let right = stride(from: 1, to: samples.count, by: 2).map { abs(samples[$0]) }.max() ?? 1
    #expect(right < 1e-6)
    let left = stride(from: 0, to: 96000, by: 2).map { samples[$0] }.max() ?? 0
    #expect(abs(Double(left) - 0.2 * 2.0.squareRoot()) < 0.01)
    #expect(samples.last == 0 && samples[samples.count - 2] == 0)
  }

  @Test func mixedStandsInForStems() throws {
    let scratch = try Scratch()
    let all = StemStreams.header(stems: ["mixed", "vocal", "accompaniment"])
    let arguments = ["--loudness", "off", "--true-peak", "off", "-q"]
    func played(_ more: [String], _ header: SongHeader) throws -> [Float] {
      let run = try mix(arguments + more, StemStreams.song(header, seconds: 0.5), in: scratch)
      #expect(run.code == 0, "\(run.errors)")
      return try AudioReader(bytes: run.output, name: "au").readAll(maxSeconds: 5)
    }
    let tones = (0..<3).map { StemStreams.tone($0, seconds: 0.5) }
    func isClose(_ samples: [Float], _ expected: [Float]) -> Bool {
      samples.count == expected.count && zip(samples, expected).allSatisfy { abs($0 - $1) < 1e-6 }
    }
    #expect(isClose(try played([], all), zip(tones[1], tones[2]).map { $0 + $1 }))
    #expect(isClose(try played(["--use", "mixed"], all), tones[0]))
    #expect(isClose(try played([], StemStreams.header(stems: ["mixed"])), tones[0]))
    #expect(isClose(try played([], StemStreams.header(stems: ["vocal"], channels: 1)), tones[0]))
    #expect(isClose(try played([], StemStreams.header(stems: ["mixed", "vocal"])), tones[0]))
    let missing = try mix(
      ["--use", "mixed"], StemStreams.song(seconds: 0.5), in: scratch)
    #expect(missing.code == 65 && missing.errors.contains("'mixed'"))
  }

  @Test func stemsAreKeptAsTheyCame() throws {
    let scratch = try Scratch()
    let run = try mix(["-o", "a.mp3", "--keep-stems", "-q"], StemStreams.song(), in: scratch)
    #expect(run.code == 0)
    #expect(try scratch.names() == ["a.accompaniment.wav", "a.mp3", "a.vocal.wav"])
    for (index, name) in ["a.vocal.wav", "a.accompaniment.wav"].enumerated() {
      let samples = try AudioReader(path: scratch.path(name)).readAll(maxSeconds: 5)
      #expect(samples == StemStreams.tone(index, seconds: 1.5))
    }
  }

  @Test func existingFilesCanStay() throws {
    let scratch = try Scratch()
    try scratch.write([1], to: "a.flac")
    let input = try StemStreams.song(StemStreams.header("a"), seconds: 0.5)
    for target in ["./", "a.flac"] {
      let run = try mix(["-o", target, "--skip-existing"], input, in: scratch)
      #expect(run.code == 0 && run.text == "" && run.errors.contains("skipped"))
      #expect(try scratch.bytes("a.flac") == [1])
    }
    #expect(try mix(["-o", "./"], input, in: scratch).code == 0)
    #expect(try scratch.bytes("a.flac").count > 1000)
  }

  @Test func silenceIsToldAndNotMadeLouder() throws {
    let scratch = try Scratch()
    let run = try mix(["-o", "a.wav"], StemStreams.song(level: 0), in: scratch)
    #expect(run.code == 0)
    #expect(run.errors.contains("warning: 'walk': it is silent"))
    #expect(run.errors.contains("a.wav: 0:01, no loudness, true peak -inf dB"))
    #expect(try json(run)["loudness"] == .null)
  }

  @Test(
    arguments: [
      (["-o", "a.txt"], 64, "does not end in"), (["-o", "a.mp3", "--bits", "16"], 64, "bit depth"),
      (["-o", "/nowhere/a.flac"], 73, "cannot create"), (["-o", "/dev/null/x/"], 73, "directory"),
      (["--gain", "drums=1", "-o", "a.wav"], 64, "--gain"), (["--gain", "vocal=99"], 64, "--gain"),
      (["--gain", "vocal=1", "--gain", "vocal=2"], 64, "twice"),
      (["--pan", "vocal=2"], 64, "--pan"),
      (["--width", "vocal=-1"], 64, "--width"), (["--loudness", "0"], 64, "--loudness"),
      (["--loudness", "nan"], 64, "--loudness"), (["--true-peak", "1"], 64, "--true-peak"),
      (["--rate", "100"], 64, "--rate"), (["--rate", "44100", "-o", "a.opus"], 64, "44100"),
      (["--fade-in", "-1"], 64, "--fade-in"), (["--keep-stems"], 64, "--keep-stems"),
      (["--skip-existing", "-o", "-"], 64, "--skip-existing"), (["--format", "aac"], 64, "aac"),
      (["-o", "/dev/full", "--format", "flac"], 74, "no space left"),
      (["-o", "a.flac", "no-such-file"], 66, "no such file"), (["--max-seconds", "0"], 64, "max"),
      (["-o", "a.flac", "--max-seconds", "1"], 65, "1"),
    ] as [([String], Int32, String)])
  func whatIsWrongIsSaid(arguments: [String], code: Int32, text: String) throws {
    let scratch = try Scratch()
    let run = try mix(arguments, StemStreams.song(), in: scratch)
    #expect(run.code == code, "\(run.errors)")
    #expect(run.errors.hasPrefix("sg-mix: ") && run.errors.contains(text), "\(run.errors)")
    #expect(run.output.isEmpty)
    #expect(try scratch.names() == [])
  }

  @Test func otherStreamsAreRefused() throws {
    let scratch = try Scratch()
    for kind in [SongKind.request, .tokens, .latents] {
      var header = StemStreams.header()
      header.kind = kind
      header.tracks = []
      let input = try StemStreams.stream { writer in
        try writer.begin(header)
        try writer.end(stop: .end)
      }
      let run = try mix(["-o", "a.flac"], input, in: scratch)
      #expect(run.code == 65 && run.errors.contains("'walk': a \(kind.rawValue) song"))
      #expect(try scratch.names() == [])
    }
    let nothing = try mix(["-o", "a.flac"], try StemStreams.stream { _ in }, in: scratch)
    #expect(nothing.code == 66 && nothing.errors == "sg-mix: no song in standard input\n")
    let empty = try StemStreams.song(seconds: 0)
    #expect(try mix(["-o", "a.flac"], empty, in: scratch).code == 65)
    #expect(try scratch.names() == [])
  }

  /// ^C and a closed pipe leave nothing behind.
  @Test(arguments: [SIGINT, SIGTERM]) func aSignalLeavesNothing(signal: Int32) throws {
    let scratch = try Scratch()
    let process = Process()
    process.executableURL = try ToolRun.products().appending(path: "sg-mix")
    process.arguments = ["-o", "song.flac", "--keep-stems"]
    process.currentDirectoryURL = scratch.url
    let pipe = Pipe()
    process.standardInput = pipe
    try process.run()
    let input = try StemStreams.song()
    try pipe.fileHandleForWriting.write(contentsOf: Data(input[..<60_000]))
    let deadline = ContinuousClock.now + .seconds(30)
    while openFiles(of: process, in: scratch) < 3, ContinuousClock.now < deadline {
      usleep(20_000)
    }
    #expect(openFiles(of: process, in: scratch) == 3)
    #expect(kill(process.processIdentifier, signal) == 0)
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal && process.terminationStatus == signal)
    #expect(try scratch.names() == [])
  }

  /// How many files below `scratch` a process has open; those that it writes may have no name yet.
  private func openFiles(of process: Process, in scratch: Scratch) -> Int {
    let descriptors = "/proc/\(process.processIdentifier)/fd"
    let files = FileManager.default
    return ((try? files.contentsOfDirectory(atPath: descriptors)) ?? []).count {
      let target = try? files.destinationOfSymbolicLink(atPath: descriptors + "/" + $0)
      return target?.hasPrefix(scratch.url.path + "/") ?? false
    }
  }
}

extension [UInt8] {
  /// Whether `text` is somewhere in it, in UTF-8.
  fileprivate func contains(text: String) -> Bool {
    Data(self).range(of: Data(text.utf8)) != nil
  }
}
