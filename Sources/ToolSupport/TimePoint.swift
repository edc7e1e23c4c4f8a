public import ArgumentParser
public import SongStream

/// A time or a length that a user types: `83`, `83.5`, `1:23.5`, `0:01:23`, or token frames, `2090f`.
public enum TimePoint: Sendable, Hashable, ExpressibleByArgument {
  case seconds(Double)
  case frames(Int)

  /// The longest, in seconds: ten days.
  private static let longest = 864_000.0

  /// nil for what is no time, is negative, or longer than ten days.
  public init?(argument: String) {
    if let last = argument.last, last == "f" {
      guard let frames = TimePoint.digits(argument.dropLast()) else { return nil }
      self = .frames(frames)
      return
    }
    let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
    guard (1...3).contains(parts.count) else { return nil }
    var total = 0.0
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      let halves = part.split(separator: ".", omittingEmptySubsequences: false)
      guard halves.count == 1 || (isLast && halves.count == 2),
        let whole = TimePoint.digits(halves[0]), index == 0 || whole < 60
      else { return nil }
      total = total * 60 + Double(whole)
      if halves.count == 2 {
        guard TimePoint.digits(halves[1]) != nil, let fraction = Double("0." + halves[1]) else {
          return nil
        }
        total += fraction
      }
    }
    guard total <= TimePoint.longest else { return nil }
    self = .seconds(total)
  }

  /// One to nine decimal digits.
  private static func digits(_ text: Substring) -> Int? {
    guard (1...9).contains(text.utf8.count),
      text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { return nil }
    return Int(text)
  }

  /// The nearest frame at `rate`; a time in frames is taken as it is.
  public func frame(at rate: FrameRate) -> Int {
    switch self {
    case .frames(let count): count
    case .seconds(let seconds):
      Int(
        min(
          (seconds * Double(rate.numerator) / Double(rate.denominator)).rounded(),
          Double(Int32.max)))
    }
  }

  /// The time in seconds, where a second has `framesPerSecond` token frames.
  public func seconds(framesPerSecond: Double) -> Double {
    switch self {
    case .seconds(let seconds): seconds
    case .frames(let frames): Double(frames) / framesPerSecond
    }
  }
}
