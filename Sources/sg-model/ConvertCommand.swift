import ArgumentParser
import Diagnostics
import ModelImport
import Neural
import ToolSupport
import Weights

/// `sg-model convert`
struct ConvertCommand: ModelCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert", abstract: "Write a model again, in another form.",
    discussion: """
      Without --to, a model directory of ours: what was GGUF becomes safetensors, and --quantize \
      makes it smaller and faster. With --to gguf, the files of LeVo2.cpp.
      """)

  /// What comes out.
  enum Form: String, CaseIterable, ExpressibleByArgument {
    case safetensors
    case gguf
  }

  @OptionGroup var common: CommonOptions
  @OptionGroup var forms: QuantizeOption
  @OptionGroup var threads: ThreadOptions

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The directory to make.", valueName: "dir"),
    completion: .directory)
  var output: String

  @Option(help: "What the files are.")
  var to = Form.safetensors

  @Flag(help: "Print what each tensor lost as JSON, on standard output.")
  var json = false

  @Argument(help: "A name, or a directory.", completion: .directory)
  var model: String

  func validate() throws {
    switch to {
    case .safetensors: _ = try forms.stored()
    case .gguf: _ = try forms.gguf()
    }
  }

  mutating func work(_ console: Console) throws {
    switch to {
    case .safetensors: try rewrite(console)
    case .gguf:
      let export = try GGUFModel(openModel(model), forms.gguf())
      let files = try export.files()
      for text in export.left { console.note("left out: \(text)") }
      try FolderTarget(output).take(files, console: console, progress: common.progress)
    }
  }

  private func rewrite(_ console: Console) throws {
    guard case .directory(let path) = try ModelLocator().locate(model) else {
      throw ToolFailure(
        .unavailable, "the model in the program lies in no directory; it can become --to gguf only")
    }
    var options = ImportOptions()
    options.precisions = try forms.stored()
    options.keepsUnused = true
    let plan = try ModelImporter.plan(SourceFiles([path]), options)
    for text in plan.warnings { console.warning(text) }
    let folder = try FolderTarget(output)
    let report = RoundingReport(console, json: json)
    let progress = Progress(common.progress, console: console)
    defer { progress.finish() }
    var done = 0
    let total = Double(plan.work)
    try plan.write(
      to: folder, tool: "sg-model \(Version.string)",
      pool: ThreadPool(threads: threads.threads ?? ThreadPool.availableThreads()),
      rounding: report.add
    ) { count in
      done += count
      progress.update(song: output, stage: "convert", done: Double(done), total: total)
    }
    try folder.commit()
    progress.finish()
    try report.finish()
    console.note("\(byteSize(folder.bytes)) in \(folder.files) files")
  }
}
