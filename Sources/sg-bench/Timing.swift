import Glibc

/// Wall-clock times of several runs of the same work, and the least time of all threads together.
struct Timing {
  private var seconds: [Double] = []
  /// Processor seconds of the run that took the fewest: what other processes leave alone.
  private(set) var processor = Double.infinity

  /// Runs `work` once to warm up, then `runs` times.
  init(runs: Int, _ work: () throws -> Void) rethrows {
    try work()
    for _ in 0..<runs {
      let start = Self.now(CLOCK_MONOTONIC)
      let used = Self.now(CLOCK_PROCESS_CPUTIME_ID)
      try work()
      seconds.append(Self.now(CLOCK_MONOTONIC) - start)
      processor = min(processor, Self.now(CLOCK_PROCESS_CPUTIME_ID) - used)
    }
    seconds.sort()
  }

  var minimum: Double { seconds.first ?? 0 }
  var median: Double { seconds.isEmpty ? 0 : seconds[seconds.count / 2] }
  var maximum: Double { seconds.last ?? 0 }

  private static func now(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

/// Numbers as the report prints them.
func figure(_ value: Double, digits: Int = 2) -> String {
  var scale = 1.0
  for _ in 0..<digits { scale *= 10 }
  let rounded = (value * scale).rounded() / scale
  return "\(rounded)"
}
