import CKernels
import Neural

/// How fast this machine reads memory just now.
struct ReadRate {
  private let memory: FloatBuffer

  /// A region far larger than the caches.
  init(bytes: Int = 1 << 30) {
    memory = FloatBuffer(count: bytes / 4)
    // Pages that were never written are all the same one.
    for index in stride(from: 0, to: memory.count, by: 1024) { memory.base[index] = 1 }
  }

  /// Bytes per second that the pool's threads read together, once through.
  func measure(pool: ThreadPool) -> Double {
    let parts = 16 * pool.threads
    let words = memory.count / 2 / parts
    nonisolated(unsafe) let base = UnsafeRawPointer(memory.base)
    let start = Timing.now()
    pool.run(parts) { _ = sgk_read(base + $0 * words * 8, words) }
    return Double(parts * words * 8) / (Timing.now() - start)
  }
}
