import FoundationEssentials

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

  /// The most memory that this process ever had, in bytes.
  static var peakMemory: Int {
    guard let text = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else {
      return 0
    }
    let line = text.split(separator: "\n").first { $0.hasPrefix("VmHWM") }
    return (line?.split(separator: " ").compactMap { Int($0) }.first ?? 0) << 10
  }
}
