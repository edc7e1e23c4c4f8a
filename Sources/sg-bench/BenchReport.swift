import CKernels
import Neural
import ToolSupport

/// Lines of figures, each with the machine that it was measured on.
struct BenchReport {
  private let machine: String
  private let output = StandardOutput()

  init(pool: ThreadPool) {
    let level = String(cString: sgk_cpu_level_name(sgk_cpu_level()))
    machine = "\(Machine.processor), \(level), \(pool.threads) threads"
  }

  /// A line that is no timing.
  func text(_ text: String) throws { try output.line(text) }

  /// A timing, followed by `extra`; with `work`, in GFLOP, by the rate at which it was done.
  func line(
    _ what: String, _ timing: Timing, _ unit: String, work: Double? = nil, extra: String = ""
  ) throws {
    let rate = work.map { ", \(figure($0 / timing.median, digits: 0)) GFLOP/s" } ?? ""
    try output.line(
      "\(what): \(timing.text(digits: 3)) \(unit), processor "
        + "\(figure(timing.processor, digits: 3)) s\(rate)\(extra), "
        + "peak \(figure(Machine.peakMemory, digits: 0)) MiB  [\(machine)]")
  }
}
