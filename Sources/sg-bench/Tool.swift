public import ArgumentParser
import CKernels
import Diagnostics
import LeLM
public import MusicCodec
import Neural
import ToolSupport

/// Times the parts at official dimensions with random weights.
@main
struct Bench: SongTool {
  static let configuration = CommandConfiguration.tool(
    "sg-bench",
    abstract: "Time the parts of the pipe at official dimensions.",
    discussion: """
      Weights are random and of the official shapes, so nothing need be downloaded. Prints a line \
      for each part: median (minimum to maximum), and the machine.
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var threads: ThreadOptions

  @Option(help: ArgumentHelp("Timed runs of each part.", valueName: "n"))
  var runs = 5

  @Option(help: ArgumentHelp("Dimensions of the language model: base or large.", valueName: "size"))
  var size = LanguageModelSize.base

  @Option(
    help: ArgumentHelp(
      "How the language model's weights are stored: q8, q4, f16; several.", valueName: "form"))
  var form: [WeightForm] = [.q8, .q4, .f16]

  @Option(
    help: ArgumentHelp("How the codec computes: f32, int16, int8; several.", valueName: "name"))
  var precision = Precision.allCases

  @Argument(
    help: ArgumentHelp(
      "What to time: lm, flow, vae, encoder, separation (default: all); or quality: how far the "
        + "fast ways are from f32 (lm-quality: the language model's alone).", valueName: "part"))
  var parts: [Part] = []

  enum Part: String, CaseIterable, ExpressibleByArgument {
    case lm, flow, vae, encoder, separation, quality
    case lmQuality = "lm-quality"
  }

  @Option(help: ArgumentHelp("Columns for the language model's quality.", valueName: "n"))
  var columns = 1000

  @Option(
    help: ArgumentHelp("Layers of each transformer, for its random weights.", valueName: "n"))
  var layers = 2

  @Option(help: ArgumentHelp("Euler steps for quality.", valueName: "n"))
  var steps = 10

  @Option(
    help: ArgumentHelp(
      "The model for quality (default: the embedded one, and random weights).", valueName: "dir"))
  var model: String?

  mutating func work(_ console: Console) throws {
    let pool = ThreadPool(threads: threads.threads ?? ThreadPool.availableThreads())
    let report = BenchReport(pool: pool)
    for part in Part.allCases
    where parts.isEmpty ? ![.quality, .lmQuality].contains(part) : parts.contains(part) {
      switch part {
      case .lm:
        for form in form {
          try LanguageModelBench.report(size, form, runs: runs, pool: pool, to: report)
        }
      case .flow:
        for precision in precision {
          let timing = try flowBench(precision, runs: runs, pool: pool)
          try report.line(
            "flow, \(precision.rawValue), 1000 frames, 2 branches", timing, "s/Euler step",
            work: 2780)
        }
      case .vae:
        for precision in precision {
          try report.line(
            "VAE decoder, \(precision.rawValue)",
            autoencoderBench(precision, runs: runs, pool: pool), "s/audio second", work: 122)
        }
      case .encoder:
        try report.line(
          "encoder, f32, three rows of 10 s", encoderBench(runs: runs, pool: pool), "s", work: 1680)
      case .separation:
        try report.line(
          "separation, f32, vocal", separationBench(runs: runs, pool: pool), "s/segment of 7.8 s",
          work: 254)
      case .quality:
        try CodecQuality.report(model: model, steps: steps, pool: pool, to: report)
        try LanguageModelQuality.report(
          model: model, columns: columns, layers: layers, pool: pool, to: report)
      case .lmQuality:
        try LanguageModelQuality.report(
          model: model, columns: columns, layers: layers, pool: pool, to: report)
      }
    }
  }
}

extension LanguageModelSize: ExpressibleByArgument {}
extension Precision: ExpressibleByArgument {}
