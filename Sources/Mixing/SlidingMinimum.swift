/// The least of the last values, in constant time per value on average.
///
/// A ring holds the values that may yet become the least: each is greater than the one before it.
struct SlidingMinimum {
  private let window: Int
  private var values: [Double]
  private var places: [Int]
  private var head = 0
  private var count = 0
  private var index = 0

  init(window: Int) {
    self.window = max(1, window)
    values = [Double](repeating: 0, count: self.window)
    places = [Int](repeating: 0, count: self.window)
  }

  /// Takes the next value and returns the least of the last `window` ones.
  mutating func push(_ value: Double) -> Double {
    if count > 0 && places[head] <= index - window {
      head = (head + 1) % window
      count -= 1
    }
    while count > 0, values[(head + count - 1) % window] >= value { count -= 1 }
    let slot = (head + count) % window
    values[slot] = value
    places[slot] = index
    count += 1
    index += 1
    return values[head]
  }
}
