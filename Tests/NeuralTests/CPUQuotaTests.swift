import Foundation
import Neural
import Testing

/// Threads by the quota of control groups, of trees that are made here.
struct CPUQuotaTests {
  /// The quota of a process in a machine that has these files and nothing else.
  private func quota(_ files: [String: String]) throws -> Int? {
    let root = FileManager.default.temporaryDirectory.appending(path: "sg-quota-\(UUID())")
    defer { try? FileManager.default.removeItem(at: root) }
    for (path, text) in files {
      let file = root.appending(path: path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    return CPUQuota.ofThisProcess(root: root.path)
  }

  @Test func aMachineWithoutGroupsHasNoQuota() throws {
    #expect(try quota([:]) == nil)
    #expect(try quota(["sys/fs/cgroup/cpu.max": "max 100000\n"]) == nil)
    #expect(try quota(["sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1\n"]) == nil)
  }

  @Test(arguments: [
    ("100000 100000", 1), ("150000 100000", 2), ("400000 100000", 4), ("1000 100000", 1),
    ("99999999999 1", 4096),
  ])
  func aContainerSeesItsQuotaAtTheTop(line: String, threads: Int) throws {
    #expect(try quota(["sys/fs/cgroup/cpu.max": line + "\n"]) == threads)
    #expect(
      try quota(["proc/self/cgroup": "0::/\n", "sys/fs/cgroup/cpu.max": line]) == threads)
  }

  @Test func aServiceSeesThatOfItsGroupAndThoseAbove() throws {
    var files = [
      "proc/self/cgroup": "1:name=systemd:/x\n0::/system.slice/song.service\n",
      "sys/fs/cgroup/system.slice/song.service/cpu.max": "300000 100000\n",
      "sys/fs/cgroup/other.slice/cpu.max": "100000 100000\n",
    ]
    #expect(try quota(files) == 3)
    files["sys/fs/cgroup/system.slice/cpu.max"] = "200000 100000\n"
    #expect(try quota(files) == 2)
    files["proc/self/cgroup"] = "0::/../../elsewhere\n"
    #expect(try quota(files) == nil)
  }

  @Test func theFirstVersionToo() throws {
    let files = [
      "proc/self/cgroup": "4:cpu,cpuacct:/job\n3:memory:/job\n0::/\n",
      "sys/fs/cgroup/cpu/job/cpu.cfs_quota_us": "250000\n",
      "sys/fs/cgroup/cpu/job/cpu.cfs_period_us": "100000\n",
    ]
    #expect(try quota(files) == 3)
  }

  @Test(arguments: [
    "", "\n", "200000", "200000 0", "-5 100000", "nan 1", "inf 1", "1e400 1", "a b", "1 2 3",
    String(repeating: "9", count: 100_000), "\u{0}\u{0}",
  ])
  func whatIsNoQuotaIsNone(line: String) throws {
    #expect(try quota(["sys/fs/cgroup/cpu.max": line]) == nil)
    #expect(
      try quota(["proc/self/cgroup": line, "sys/fs/cgroup/cpu.max": "200000 100000"]) == 2)
  }
}
