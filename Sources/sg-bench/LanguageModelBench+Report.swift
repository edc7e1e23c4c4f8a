import LeLM
import Neural
import ToolSupport

extension LanguageModelBench {
  /// Lines for steps at several places of a song, and for the prefix where the weights are packed.
  static func report(
    _ size: LanguageModelSize, _ form: WeightForm, runs: Int, pool: ThreadPool,
    to report: BenchReport
  ) throws {
    let bench = try LanguageModelBench(size, packed: form.packed, reader: ReadRate(), pool: pool)
    let name = "LM \(size), \(form), 2 rows"
    for past in [0, 952, 4000] {
      let (step, read, share) = bench.steps(past: past, runs: 4 * runs)
      try report.line(
        "\(name), \(past) past", step, "s/step",
        extra: ", \(figure(1 / step.median)) steps/s (best \(figure(1 / step.minimum))), "
          + "\(share.text(digits: 2)) of the read rate, \(read.text(digits: 1, scale: 1e-9)) GB/s")
    }
    guard form != .f16 else { return }
    let (first, later) = try bench.prefix(runs: max(1, runs / 2))
    try report.line("\(name), prefix of \(bench.model.config.prefixLength)", first, "s")
    try report.line("\(name), the same with the null prefix known", later, "s")
  }
}
