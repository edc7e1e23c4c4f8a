import Neural
import Synchronization
import Testing

struct ThreadPoolTests {
  @Test(arguments: [1, 2, 3, 8])
  func everyIndexRunsOnce(threads: Int) {
    let pool = ThreadPool(threads: threads)
    for count in [0, 1, 2, 7, 1000] {
      let seen = Mutex([Int](repeating: 0, count: count))
      pool.run(count) { index in seen.withLock { $0[index] += 1 } }
      #expect(seen.withLock { $0.allSatisfy { $0 == 1 } })
    }
  }

  @Test func manyShortLoopsEnd() {
    let pool = ThreadPool(threads: 4)
    let sum = Atomic<Int>(0)
    for _ in 0..<20_000 {
      pool.run(4) { _ in sum.add(1, ordering: .relaxed) }
    }
    #expect(sum.load(ordering: .relaxed) == 80_000)
  }

  @Test func aLoopWithinALoopRuns() {
    let pool = ThreadPool(threads: 2)
    let sum = Atomic<Int>(0)
    pool.run(8) { _ in
      pool.run(8) { _ in sum.add(1, ordering: .relaxed) }
    }
    #expect(sum.load(ordering: .relaxed) == 64)
  }

  @Test func thereIsAProcessor() {
    #expect(ThreadPool.availableThreads() >= 1)
  }
}
