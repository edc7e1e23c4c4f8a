public import ArgumentParser
import Diagnostics
public import ModelImport
import ToolSupport

/// `sg-model fake`
struct FakeCommand: ModelCommand {
  static let configuration = CommandConfiguration(
    commandName: "fake", abstract: "Make a model of random weights.",
    discussion: """
      It has the sizes of a published model, for trying things and for timing them without the \
      download. Its songs are noise.
      """)

  @OptionGroup var common: CommonOptions

  @Option(help: ArgumentHelp("The model whose sizes it has.", valueName: "family"))
  var like: FakeFamily

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The directory to make.", valueName: "dir"),
    completion: .directory)
  var output: String

  @Option(help: "How tensors are put down: as the official download has them, or all in one way.")
  var format = FakeModel.Format.safetensors

  @Option(
    help: ArgumentHelp(
      "Parts to make, of lm, codec, vae, separator, tokenizer (default: all).", valueName: "parts"))
  var only: String?

  @Option(help: ArgumentHelp("Seed of the numbers.", valueName: "n"))
  var seed: UInt64 = 1

  func validate() throws { _ = try parts() }

  private func parts() throws -> Set<FakeModel.Part> {
    var parts: Set<FakeModel.Part> = []
    for name in only?.split(separator: ",") ?? [] {
      guard let part = FakeModel.Part(rawValue: String(name)) else {
        throw ValidationError(
          "'--only \(printable(name))': give parts of lm, codec, vae, separator, tokenizer")
      }
      parts.insert(part)
    }
    return parts
  }

  mutating func work(_ console: Console) throws {
    let model = FakeModel(like, seed: seed, format: format, parts: try parts())
    let files = try model.files()
    if format == .gguf {
      console.note(
        "GGUF files have no place for the codec's encoder, the one-track codec, the autoencoder's "
          + "encoder and the separator; without them references cannot be read")
    }
    try FolderTarget(output).take(files, console: console, progress: common.progress)
  }
}

extension FakeFamily: ExpressibleByArgument {}
extension FakeModel.Format: ExpressibleByArgument {}

extension FolderTarget {
  /// Writes files and says how much it was.
  func take(_ files: [OutgoingFile], console: Console, progress form: ProgressForm) throws {
    let progress = Progress(form, console: console)
    defer { progress.finish() }
    let total = Double(files.reduce(0) { $0 + $1.size })
    var done = 0
    for file in files {
      try write(file.path) { sink in
        try file.write(to: &sink) { bytes in
          progress.update(
            song: file.path, stage: "writing", done: Double(done + bytes), total: total)
        }
      }
      done += file.size
    }
    try commit()
    progress.finish()
    console.note("\(byteSize(bytes)) in \(self.files) files")
  }
}
