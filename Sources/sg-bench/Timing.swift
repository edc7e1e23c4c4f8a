import Glibc

/// Wall-clock times of several runs of the same work, and the least time of all threads together.
struct Timing {
  private var seconds: [Double] = []
  /// Processor seconds of the run that took the fewest: what other processes leave alone.
  private(set) var processor = Double.infinity

  /// Runs `work` once to warm up, unless `warm` is false, then `runs` times.
  ///
  /// `before` and `after`, which gets the seconds, are not timed.
  init(
    runs: Int, warm: Bool = true, before: () -> Void = {}, after: (Double) -> Void = { _ in },
    _ work: () throws -> Void
  ) rethrows {
    if warm { try work() }
    for _ in 0..<runs {
      before()
      let start = Self.now()
      let used = Self.now(CLOCK_PROCESS_CPUTIME_ID)
      try work()
      let time = Self.now() - start
      processor = min(processor, Self.now(CLOCK_PROCESS_CPUTIME_ID) - used)
      after(time)
      seconds.append(time)
    }
    seconds.sort()
  }

  /// Figures that were measured otherwise.
  init(values: [Double]) {
    seconds = values.sorted()
  }

  var minimum: Double { seconds.first ?? 0 }
  var median: Double { seconds.isEmpty ? 0 : seconds[seconds.count / 2] }
  var maximum: Double { seconds.last ?? 0 }

  /// Median (minimum to maximum).
  func text(digits: Int, scale: Double = 1) -> String {
    let parts = [median, minimum, maximum].map { figure($0 * scale, digits: digits) }
    return "\(parts[0]) (\(parts[1]) to \(parts[2]))"
  }

  static func now(_ clock: clockid_t = CLOCK_MONOTONIC) -> Double {
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
