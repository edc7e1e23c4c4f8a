import Glibc

/// How many processors' time the control groups of this process get.
package enum CPUQuota {
  /// The smallest quota of the process's group and of those above it, rounded up to whole processors; nil
  /// where there is none.
  ///
  /// cgroup v2 has it in `cpu.max`, "QUOTA PERIOD" or "max PERIOD"; v1 in `cpu.cfs_quota_us` (-1 for
  /// none) and `cpu.cfs_period_us`. `/proc/self/cgroup` says which group it is, in a container often
  /// from outside of it: a group that is not there counts as the top one.
  ///
  /// - Parameter root: the directory that `proc` and `sys` lie in, but for tests empty.
  package static func ofThisProcess(root: String = "") -> Int? {
    let groups = groups(root)
    let top = root + "/sys/fs/cgroup"
    let second = folders(top, groups.unified).compactMap { folder -> Int? in
      let parts = line(folder + "/cpu.max")?.split(separator: " ") ?? []
      return parts.count == 2 ? processors(String(parts[0]), String(parts[1])) : nil
    }
    let first = folders(top + "/cpu", groups.cpu).compactMap { folder -> Int? in
      guard let quota = line(folder + "/cpu.cfs_quota_us"),
        let period = line(folder + "/cpu.cfs_period_us")
      else { return nil }
      return processors(quota, period)
    }
    return (first + second).min()
  }

  /// QUOTA over PERIOD, at least 1; nil where the quota is no positive number.
  package static func processors(_ quota: String, _ period: String) -> Int? {
    guard let quota = Double(quota), let period = Double(period), quota > 0, period > 0,
      quota.isFinite, period.isFinite
    else { return nil }
    return Int(min(max((quota / period).rounded(.up), 1), 4096))
  }

  /// The process's group in the tree of v2, and in that of v1 for processors.
  private static func groups(_ root: String) -> (unified: String, cpu: String) {
    var found = (unified: "", cpu: "")
    guard let file = fopen(root + "/proc/self/cgroup", "re") else { return found }
    defer { fclose(file) }
    // HIERARCHY:CONTROLLERS:PATH, a dozen of lines.
    for _ in 0..<64 {
      guard let line = line(file) else { break }
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      if parts[0] == "0", parts[1].isEmpty { found.unified = String(parts[2]) }
      if parts[1].split(separator: ",").contains("cpu") { found.cpu = String(parts[2]) }
    }
    return found
  }

  /// The folder of a group and those above it, from the top.
  private static func folders(_ top: String, _ group: String) -> [String] {
    var folders = [top]
    for name in group.split(separator: "/").prefix(64) {
      if name == ".." { return [top] }
      folders.append((folders.last ?? top) + "/" + name)
    }
    return folders
  }

  private static func line(_ path: String) -> String? {
    guard let file = fopen(path, "re") else { return nil }
    defer { fclose(file) }
    return line(file)
  }

  /// A line, or as much of it as any path is long.
  private static func line(_ file: UnsafeMutablePointer<FILE>) -> String? {
    var line = [CChar](repeating: 0, count: 4096)
    guard fgets(&line, 4096, file) != nil else { return nil }
    let bytes = line.prefix { $0 != 0 && $0 != 10 }.map(UInt8.init(bitPattern:))
    return String(decoding: bytes, as: UTF8.self)
  }
}
