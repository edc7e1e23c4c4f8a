import Glibc

/// How many processors' time the control group of this process gets.
enum CPUQuota {
  /// The quota, rounded up to whole processors; nil where there is none.
  ///
  /// cgroup v2 has it in `cpu.max`, "QUOTA PERIOD" or "max PERIOD"; v1 in `cpu.cfs_quota_us` (-1 for
  /// none) and `cpu.cfs_period_us`.
  static var ofThisProcess: Int? {
    if let line = line("/sys/fs/cgroup/cpu.max") {
      let parts = line.split(separator: " ")
      return parts.count == 2 ? processors(String(parts[0]), String(parts[1])) : nil
    }
    let folder = "/sys/fs/cgroup/cpu/"
    guard let quota = line(folder + "cpu.cfs_quota_us"),
      let period = line(folder + "cpu.cfs_period_us")
    else { return nil }
    return processors(quota, period)
  }

  /// QUOTA over PERIOD, at least 1; nil where the quota is no positive number.
  static func processors(_ quota: String, _ period: String) -> Int? {
    guard let quota = Double(quota), let period = Double(period), quota > 0, period > 0,
      quota.isFinite, period.isFinite
    else { return nil }
    return Int(min(max((quota / period).rounded(.up), 1), 4096))
  }

  private static func line(_ path: String) -> String? {
    guard let file = fopen(path, "re") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 64)
    guard fgets(&line, 64, file) != nil else { return nil }
    let bytes = line.prefix { $0 != 0 && $0 != 10 }.map(UInt8.init(bitPattern:))
    return String(decoding: bytes, as: UTF8.self)
  }
}
