import ArgumentParser
import Diagnostics
import ModelImport
import ToolSupport
import Weights

/// `sg-model verify`
struct VerifyCommand: ModelCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check the files of a model: digests, headers, shapes, finite numbers.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "A name, or a directory (default: the model that the tools take).")
  var name: String?

  mutating func work(_ console: Console) throws {
    let model = try openModel(name)
    let verification = ModelVerification(model)
    let progress = Progress(common.progress, console: console)
    var done = 0
    let total = verification.work
    let problems = try verification.problems { count in
      done += count
      progress.update(
        song: model.name, stage: "verify", done: Double(done), total: Double(total))
    }
    progress.finish()
    guard let last = problems.last else {
      console.note("\(printable(model.name)): all is well, \(byteSize(total)) gone through")
      return
    }
    for problem in problems.dropLast() { console.error(problem) }
    throw last
  }
}
