import FoundationEssentials
import Glibc

/// The machine that a figure was measured on.
enum Machine {
  /// The processor's name as the kernel tells it.
  static var processor: String {
    guard let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8) else {
      return "unknown processor"
    }
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
    return line?.split(separator: ":").last.map {
      String($0.drop { $0 == " " })
    } ?? "unknown processor"
  }

  /// The most memory that this process has held so far, in MiB.
  static var peakMemory: Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Double(usage.ru_maxrss) / 1024
  }
}
