public import ArgumentParser
public import AudioIO

/// Where songs go and what the files say.
struct FileFlags: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "One song to FILE, each song to a file in DIR/, or - for AU (default: -).",
      valueName: "file|dir/|-"),
    completion: .file())
  var output: String?

  @Option(
    help: ArgumentHelp(
      "File format (default: that of the extension; flac in a directory).", valueName: "format"))
  var format: AudioFileFormat.Kind?

  @Option(
    help: ArgumentHelp(
      "Bits of a sample: 16 or 24, for wav also 32, floating point (default: 24).",
      valueName: "bits"))
  var bits: Int?

  @Flag(help: "Write each stem beside the song too, as decoded: NAME.vocal.wav and so on.")
  var keepStems = false

  @Option(
    help: ArgumentHelp(
      "Write a stem beside the song too, under its name and this suffix, in the format of its "
        + "extension; repeatable.",
      valueName: "stem=suffix"))
  var stemSuffix: [StemSuffix] = []

  @Flag(help: "Leave songs alone whose file is there already.")
  var skipExisting = false

  @Option(
    help: ArgumentHelp(
      "Note in FILE what became of each song, so that sg-lyrics --skip-done leaves out what is done.",
      valueName: "file"),
    completion: .file(extensions: ["jsonl"]))
  var journal: String?

  @Option(help: ArgumentHelp("Title in the file (default: the song's id).", valueName: "text"))
  var title: String?

  @Option(help: ArgumentHelp("Artist in the file.", valueName: "text"))
  var artist: String?

  @Option(
    help: ArgumentHelp(
      "Comment in the file, before seed and model, which are always told.", valueName: "text"))
  var comment: String?

  @Flag(help: "Print the JSON lines on a terminal too.")
  var json = false
}

extension FileFlags {
  mutating func validate() throws {
    if Set(stemSuffix.map(\.stem)).count < stemSuffix.count {
      throw ValidationError("'--stem-suffix' names a stem twice")
    }
  }

  /// What the file of a stem has after the song's name, nil when it is not kept.
  func suffix(of stem: StemName) -> String? {
    stemSuffix.first { $0.stem == stem }?.suffix ?? (keepStems ? ".\(stem.rawValue).wav" : nil)
  }

  var keepsStems: Bool { keepStems || !stemSuffix.isEmpty }
}

/// `vocal=_vocal.flac`.
struct StemSuffix: ExpressibleByArgument {
  let stem: StemName
  let suffix: String

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1)
    guard parts.count == 2, let stem = StemName(rawValue: String(parts[0])),
      !parts[1].contains("/"), (try? AudioFileFormat(path: "x" + parts[1], bits: nil)) != nil
    else { return nil }
    self.stem = stem
    suffix = String(parts[1])
  }
}

extension AudioFileFormat.Kind: ExpressibleByArgument {}
