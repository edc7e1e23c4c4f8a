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
    abstract: "Time the language model, the flow and the VAE at official dimensions.",
    discussion: """
      Weights are random and of the official shapes, so nothing need be downloaded. Prints a line \
      for each part: median (minimum to maximum), and the machine.
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var threads: ThreadOptions

  @Option(help: ArgumentHelp("Timed runs of each part.", valueName: "n"))
  var runs = 5

  @Option(help: ArgumentHelp("Positions before the timed LM step.", valueName: "n"))
  var past = 600

  @Option(
    help: ArgumentHelp("Only this precision of the codec: f32, int16 or int8.", valueName: "name"))
  var precision: Precision?

  @Option(help: ArgumentHelp("Only this part: lm, flow or vae.", valueName: "part"))
  var only: String?

  mutating func work(_ console: Console) throws {
    let pool = ThreadPool(threads: threads.threads ?? ThreadPool.availableThreads())
    let level = String(cString: sgk_cpu_level_name(sgk_cpu_level()))
    let machine = "\(Machine.processor), \(level), \(pool.threads) threads"
    let output = StandardOutput()
    let precisions = precision.map { [$0] } ?? Precision.allCases
    func line(_ what: String, _ timing: Timing, _ unit: String, _ extra: String) throws {
      try output.line(
        "\(what): \(figure(timing.median, digits: 3)) \(unit) "
          + "(\(figure(timing.minimum, digits: 3)) to \(figure(timing.maximum, digits: 3)); "
          + "processor \(figure(timing.processor, digits: 3)) s)"
          + "\(extra)  [\(machine)]")
    }
    if only == nil || only == "lm" {
      let timing = try languageModelBench(
        .official(large: false), past: past, runs: runs, pool: pool)
      try line(
        "LM base, f16, 2 rows, \(past) past", timing, "s/step",
        ", \(figure(1 / timing.median)) steps/s")
    }
    if only == nil || only == "flow" {
      for precision in precisions {
      let timing = try flowBench(precision, runs: runs, pool: pool)
      try line(
        "flow, \(precision.rawValue), 1000 frames, 2 branches", timing, "s/Euler step",
        ", \(figure(2.78e3 / timing.median, digits: 0)) GFLOP/s")
      }
    }
    if only == nil || only == "vae" {
      for precision in precisions {
        let timing = try autoencoderBench(precision, runs: runs, pool: pool)
        try line(
          "VAE decoder, \(precision.rawValue)", timing, "s/audio second",
          ", \(figure(122 / timing.median, digits: 0)) GFLOP/s")
      }
    }
  }
}

extension Precision: ExpressibleByArgument {}
