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
    abstract: "Time the language model, the flow and the VAE at official dimensions.",
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
    help: ArgumentHelp("How its weights are stored: q8, q4, f16; several.", valueName: "form"))
  var form: [WeightForm] = [.q8, .q4, .f16]

  @Argument(help: ArgumentHelp("What to time: lm, flow, vae (default: all).", valueName: "part"))
  var parts: [Part] = []

  enum Part: String, CaseIterable, ExpressibleByArgument {
    case lm, flow, vae
  }

  /// How the language model's weights are stored.
  enum WeightForm: String, CaseIterable, ExpressibleByArgument {
    case q8, q4, f16

    var packed: PackedFormat? {
      switch self {
      case .q8: .q8
      case .q4: .q4
      case .f16: nil
      }
    }
  }

  mutating func work(_ console: Console) throws {
    let pool = ThreadPool(threads: threads.threads ?? ThreadPool.availableThreads())
    let level = String(cString: sgk_cpu_level_name(sgk_cpu_level()))
    let machine = "\(Machine.processor), \(level), \(pool.threads) threads"
    let output = StandardOutput()
    let parts = Set(parts.isEmpty ? Part.allCases : parts)
    func line(_ what: String, _ timing: Timing, _ unit: String, _ extra: String) throws {
      try output.line(
        "\(what): \(timing.text(digits: 3)) \(unit)\(extra)  [\(machine)]")
    }
    if parts.contains(.lm) {
      for form in form { try languageModel(form, output: output, pool: pool, line) }
    }
    if parts.contains(.flow) {
      let timing = try flowBench(runs: runs, pool: pool)
      try line(
        "flow, f32, 1000 frames, 2 branches", timing, "s/Euler step",
        ", \(figure(2.78e3 / timing.median, digits: 0)) GFLOP/s")
    }
    if parts.contains(.vae) {
      let timing = try autoencoderBench(runs: runs, pool: pool)
      try line(
        "VAE decoder, f32", timing, "s/audio second",
        ", \(figure(122 / timing.median, digits: 0)) GFLOP/s")
    }
  }

  private func languageModel(
    _ form: WeightForm, output: StandardOutput, pool: ThreadPool,
    _ line: (String, Timing, String, String) throws -> Void
  ) throws {
    let bench = try LanguageModelBench(
      size, packed: form.packed, reader: ReadRate(), pool: pool)
    let name = "LM \(size), \(form), 2 rows"
    for past in [0, 952, 4000] {
      let (step, read, share) = bench.steps(past: past, runs: 4 * runs)
      try line(
        "\(name), \(past) past", step, "s/step",
        ", \(figure(1 / step.median)) steps/s (best \(figure(1 / step.minimum))), "
          + "\(share.text(digits: 2)) of the read rate, \(read.text(digits: 1, scale: 1e-9)) GB/s")
    }
    guard form != .f16 else { return }
    let (first, later) = try bench.prefix(runs: max(1, runs / 2))
    try line("\(name), prefix of \(bench.model.config.prefixLength)", first, "s", "")
    try line("\(name), the same with the null prefix known", later, "s", "")
  }
}

extension LanguageModelSize: ExpressibleByArgument {}
