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

extension AudioFileFormat.Kind: ExpressibleByArgument {}
