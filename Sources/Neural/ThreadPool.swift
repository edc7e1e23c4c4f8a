import CKernels
import Glibc
import Synchronization

/// Threads that share out the indices of a loop.
///
/// Between loops the threads spin for some microseconds, then park. The caller works too, so a pool
/// of one thread starts none. Which thread runs an index is left to chance: a loop's result must not
/// depend on it, and no loop of this project's does.
public final class ThreadPool: @unchecked Sendable {
  /// The number of threads that run a loop, the caller among them.
  public let threads: Int

  private struct Job {
    var body: (Int) -> Void
    var count: Int
  }

  private let busy = Mutex(())
  private let generation = Atomic<Int>(0)
  private let next = Atomic<Int>(0)
  /// What `active` is, to be read without the mutex.
  private let running = Atomic<Int>(0)
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let wake: UnsafeMutablePointer<pthread_cond_t>
  private let done: UnsafeMutablePointer<pthread_cond_t>
  // Guarded by `mutex`.
  private var job: Job?
  private var active = 0
  private var stopping = false
  private var handles: [pthread_t] = []

  /// A pool of `threads` threads; less than 1 counts as 1.
  public init(threads: Int) {
    self.threads = max(1, min(threads, 256))
    mutex = .allocate(capacity: 1)
    wake = .allocate(capacity: 1)
    done = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(wake, nil)
    pthread_cond_init(done, nil)
    for _ in 1..<self.threads {
      var handle = pthread_t()
      let this = Unmanaged.passUnretained(self).toOpaque()
      let status = pthread_create(
        &handle, nil,
        { context in
          guard let context else { return nil }
          Unmanaged<ThreadPool>.fromOpaque(context).takeUnretainedValue().work()
          return nil
        }, this)
      if status == 0 { handles.append(handle) }
    }
  }

  deinit {
    pthread_mutex_lock(mutex)
    stopping = true
    generation.add(1, ordering: .releasing)
    pthread_cond_broadcast(wake)
    pthread_mutex_unlock(mutex)
    for handle in handles { pthread_join(handle, nil) }
    pthread_cond_destroy(wake)
    pthread_cond_destroy(done)
    pthread_mutex_destroy(mutex)
    wake.deallocate()
    done.deallocate()
    mutex.deallocate()
  }

  /// Calls `body` once for each index in `0..<count` and returns when all calls have.
  ///
  /// Called from within a loop, or while another thread runs a loop of the same pool, it runs the
  /// indices on the calling thread.
  public func run(_ count: Int, _ body: @Sendable (Int) -> Void) {
    guard count > 1, !handles.isEmpty else {
      for index in 0..<max(count, 0) { body(index) }
      return
    }
    let ran: Void? = busy.withLockIfAvailable { _ in
      withoutActuallyEscaping(body) { body in
        pthread_mutex_lock(mutex)
        job = Job(body: body, count: count)
        next.store(0, ordering: .relaxed)
        generation.add(1, ordering: .releasing)
        pthread_cond_broadcast(wake)
        pthread_mutex_unlock(mutex)
        take(body, count)
        // The others are about to end, most of the time.
        spin { running.load(ordering: .acquiring) > 0 }
        pthread_mutex_lock(mutex)
        job = nil
        while active > 0 { pthread_cond_wait(done, mutex) }
        pthread_mutex_unlock(mutex)
      }
    }
    if ran == nil {
      for index in 0..<count { body(index) }
    }
  }

  /// Waits while `condition` holds, for some ten microseconds: about as long as a thread needs to park
  /// and wake, and as the work between two loops.
  @inline(__always)
  private func spin(while condition: () -> Bool) {
    var spins = 0
    while spins < 500, condition() {
      sgk_pause()
      spins += 1
    }
  }

  private func take(_ body: (Int) -> Void, _ count: Int) {
    while true {
      let index = next.add(1, ordering: .relaxed).oldValue
      guard index < count else { return }
      body(index)
    }
  }

  private func work() {
    var seen = 0
    while join(after: &seen) {
      pthread_mutex_lock(mutex)
      active -= 1
      running.store(active, ordering: .releasing)
      if active == 0 { pthread_cond_signal(done) }
      pthread_mutex_unlock(mutex)
    }
  }

  /// Waits for a loop newer than `seen` and works in it; false when the pool ends.
  ///
  /// The reference to the loop's body must be gone before the caller of ``run(_:_:)`` is told that
  /// the loop is over: it ends with this function's scope, which must not be inlined away.
  @inline(never)
  private func join(after seen: inout Int) -> Bool {
    while true {
      spin { generation.load(ordering: .acquiring) == seen }
      pthread_mutex_lock(mutex)
      while generation.load(ordering: .relaxed) == seen { pthread_cond_wait(wake, mutex) }
      seen = generation.load(ordering: .relaxed)
      guard !stopping else {
        pthread_mutex_unlock(mutex)
        return false
      }
      guard let job else {
        pthread_mutex_unlock(mutex)
        continue
      }
      active += 1
      running.store(active, ordering: .releasing)
      pthread_mutex_unlock(mutex)
      take(job.body, job.count)
      return true
    }
  }

  /// The processors that this process may use: its affinity mask, or less where the cgroup's CPU
  /// quota gives less.
  public static func availableThreads() -> Int {
    var processors = Int(sgk_available_processors())
    if let quota = CPUQuota.ofThisProcess() { processors = min(processors, quota) }
    return max(1, processors)
  }
}
