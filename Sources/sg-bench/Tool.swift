import ArgumentParser
import CKernels
import Diagnostics
import LeLM
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

  @Option(help: ArgumentHelp("Positions before the timed LM step.", valueName: "n"))
  var past = 600

  @Option(help: ArgumentHelp("Only this part: lm, flow, vae or separation.", valueName: "part"))
  var only: String?

  mutating func work(_ console: Console) throws {
    let pool = ThreadPool(threads: threads.threads ?? ThreadPool.availableThreads())
    let level = String(cString: sgk_cpu_level_name(sgk_cpu_level()))
    let machine = "\(Machine.processor), \(level), \(pool.threads) threads"
    let output = StandardOutput()
    func line(_ what: String, _ timing: Timing, _ unit: String, _ extra: String) throws {
      try output.line(
        "\(what): \(figure(timing.median, digits: 3)) \(unit) "
          + "(\(figure(timing.minimum, digits: 3)) to \(figure(timing.maximum, digits: 3)))"
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
      let timing = try flowBench(runs: runs, pool: pool)
      try line(
        "flow, f32, 1000 frames, 2 branches", timing, "s/Euler step",
        ", \(figure(2.78e3 / timing.median, digits: 0)) GFLOP/s")
    }
    if only == nil || only == "vae" {
      let timing = try autoencoderBench(runs: runs, pool: pool)
      try line(
        "VAE decoder, f32", timing, "s/audio second",
        ", \(figure(122 / timing.median, digits: 0)) GFLOP/s")
    }
    if only == nil || only == "separation" {
      let timing = try separationBench(runs: runs, pool: pool)
      try line(
        "separation, f32, vocal", timing, "s/segment of 7.8 s",
        ", \(figure(254 / timing.median, digits: 0)) GFLOP/s, "
          + "\(figure(Machine.peakMemory, digits: 0)) MiB at most")
    }
  }
}
