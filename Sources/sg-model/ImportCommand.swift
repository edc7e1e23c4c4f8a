import ArgumentParser
import Diagnostics
import ModelImport
import Neural
import ToolSupport
import Weights

/// `sg-model import`
struct ImportCommand: ModelCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Make a model directory of the official download, or of GGUF files.",
    discussion: """
      Looks through the directories, tells by content what their files are, checks every tensor, and \
      writes safetensors and a manifest. Nothing in a pickle is executed.
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var forms: QuantizeOption
  @OptionGroup var threads: ThreadOptions

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The model directory to make.", valueName: "dir"),
    completion: .directory)
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Parts to import, of lm, codec, codec-mixed, vae, separator, auto-prompts (default: all).",
      valueName: "parts"))
  var only: String?

  @Option(
    help: ArgumentHelp(
      "How requests are worded, v1 or v2 (default: told by the files).", valueName: "version"))
  var requestVersion: String?

  @Option(help: ArgumentHelp("What to call the model (default: the directory's name)."))
  var name: String?

  @Flag(help: "Keep the tensors that no tool here uses.")
  var keepUnused = false

  @Flag(help: "Print what --quantize took from each tensor as JSON, on standard output.")
  var json = false

  @Flag(help: "Check everything and write nothing.")
  var dryRun = false

  @Argument(
    help: "Directories, or names of downloads in the Hugging Face cache.", completion: .directory)
  var directories: [String]

  func validate() throws {
    if let requestVersion, requestVersion != "v1", requestVersion != "v2" {
      throw ValidationError("'--request-version \(requestVersion)': give v1 or v2")
    }
    if output == nil, !dryRun {
      throw ValidationError("say where to with '-o DIR', or '--dry-run'")
    }
    _ = try wanted()
    _ = try forms.stored()
  }

  private func wanted() throws -> Set<ModelRole>? {
    guard let only else { return nil }
    let known: Set<ModelRole> = [.lm, .codec, .codecMixed, .vae, .separator, .autoPrompts]
    var roles: Set<ModelRole> = []
    for part in only.split(separator: ",") {
      guard let role = ModelRole(rawValue: String(part)), known.contains(role) else {
        throw ValidationError(
          "'--only \(printable(part))': give parts of lm, codec, codec-mixed, vae, separator, "
            + "auto-prompts, with commas between them")
      }
      roles.insert(role)
    }
    return roles
  }

  mutating func work(_ console: Console) throws {
    var options = ImportOptions()
    options.only = try wanted()
    options.requestVersion = requestVersion
    options.keepsUnused = keepUnused
    options.precisions = try forms.stored()
    options.name = name ?? output?.split(separator: "/").last.map(String.init)
    // Before anything is read: what is there already is not written over.
    let folder = try dryRun ? nil : output.map { try FolderTarget($0) }
    let locator = ModelLocator()
    let sources = try SourceFiles(directories.map { try locator.download($0) })
    let plan = try ModelImporter.plan(sources, options)
    ImportReport(plan).tell(console)
    guard let output, let folder else { return }
    let progress = Progress(common.progress, console: console)
    defer { progress.finish() }
    var done = 0
    let total = plan.work
    let report = RoundingReport(console, json: json)
    try plan.write(
      to: folder, tool: "sg-model \(Version.string)",
      pool: ThreadPool(threads: threads.threads ?? ThreadPool.availableThreads()),
      rounding: report.add
    ) { count in
      done += count
      progress.update(
        song: options.name ?? output, stage: "import", done: Double(done), total: Double(total))
    }
    try folder.commit()
    progress.finish()
    try report.finish()
    console.note("\(output): \(byteSize(folder.bytes)) in \(folder.files) files")
  }
}
