/// Cuts samples that come piece by piece into windows that overlap.
///
/// Window k is centred on sample `k * hop`; before the first sample and behind the last there is
/// silence. There are as many windows as hops begin within the sound.
struct WindowSlicer {
  /// Samples of a window.
  let size: Int
  /// Samples from one window to the next.
  let hop: Int
  private var waiting: [Float]
  private var start = 0
  private var taken = 0
  private var given = 0

  init(size: Int, hop: Int) {
    self.size = size
    self.hop = max(1, hop)
    waiting = [Float](repeating: 0, count: size / 2)
  }

  /// Adds samples; `body` gets each window that is complete now.
  mutating func add(_ samples: UnsafeBufferPointer<Float>, _ body: ([Float]) -> Void) {
    waiting += samples
    taken += samples.count
    slice(body)
  }

  /// Ends the sound; `body` gets the windows that reach beyond it. Nothing may be added after this.
  mutating func finish(_ body: ([Float]) -> Void) {
    let missing = (taken + hop - 1) / hop - given
    guard missing > 0 else { return }
    let needed = start + (missing - 1) * hop + size
    waiting += [Float](repeating: 0, count: max(0, needed - waiting.count))
    slice(body)
  }

  private mutating func slice(_ body: ([Float]) -> Void) {
    while start + size <= waiting.count {
      body(Array(waiting[start..<start + size]))
      given += 1
      start += hop
    }
    if start >= size || start > waiting.count / 2 {
      let gone = min(start, waiting.count)
      waiting.removeFirst(gone)
      start -= gone
    }
  }
}
