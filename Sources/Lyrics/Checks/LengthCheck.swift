import Diagnostics

/// Texts that a model would cut off at their end.
enum LengthCheck {
  static func lyrics(_ text: LocatedText, _ limits: LengthLimits) -> [Finding] {
    let count = limits.countLyrics(text.string)
    guard count > limits.lyrics else { return [] }
    let parts = Outline(text).sections
    // The first section whose end does not fit, by bisection: counts only grow.
    var (low, high) = (0, parts.count - 1)
    while low < high {
      let middle = (low + high) / 2
      let fits =
        limits.countLyrics(text.string(0..<parts[middle].whole.upperBound)) <= limits.lyrics
      if fits { low = middle + 1 } else { high = middle }
    }
    guard parts.indices.contains(low) else { return [] }
    let label = parts[low].label.map { " '\(printable(text.string($0)))'" } ?? ""
    return [
      .warning(
        .length, text.place(parts[low].whole.lowerBound),
        "the lyrics are \(count) tokens, model '\(printable(limits.model))' reads \(limits.lyrics): "
          + "the end is lost from section \(low + 1)\(label) on")
    ]
  }

  static func description(_ text: LocatedText, _ limits: LengthLimits) -> [Finding] {
    let count = limits.countDescription(text.string)
    guard count > limits.description else { return [] }
    return [
      .warning(
        .length, text.places.first ?? nil,
        "the description is \(count) tokens, model '\(printable(limits.model))' reads "
          + "\(limits.description): its end is lost")
    ]
  }
}
