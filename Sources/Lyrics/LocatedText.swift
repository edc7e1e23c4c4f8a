/// Text whose every character knows its place in the file it came from.
struct LocatedText: Sendable {
  private(set) var scalars: [Unicode.Scalar] = []
  private(set) var places: [Place?] = []

  init() {}

  /// Text without places.
  init(_ text: String, at place: Place? = nil) {
    scalars = Array(text.unicodeScalars)
    places = Array(repeating: place, count: scalars.count)
  }

  var count: Int { scalars.count }
  var isEmpty: Bool { scalars.isEmpty }

  /// The text.
  var string: String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  /// A stretch of the text.
  func string(_ range: Range<Int>) -> String { self[range].string }

  /// The place of a character; of the last one for what lies behind the end.
  func place(_ index: Int) -> Place? {
    guard let last = places.last else { return nil }
    return index < places.count ? places[index] : last
  }

  subscript(range: Range<Int>) -> LocatedText {
    var part = LocatedText()
    part.scalars = Array(scalars[range])
    part.places = Array(places[range])
    return part
  }

  mutating func append(_ scalar: Unicode.Scalar, at place: Place?) {
    scalars.append(scalar)
    places.append(place)
  }

  /// Adds text that stands in no file; its place is that of what is before it.
  mutating func append(_ text: String) {
    let place = places.last ?? nil
    for scalar in text.unicodeScalars { append(scalar, at: place) }
  }

  mutating func append(_ text: LocatedText) {
    scalars += text.scalars
    places += text.places
  }

  mutating func removeLast() {
    scalars.removeLast()
    places.removeLast()
  }

  /// `range` without the white space at both ends.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, scalars[start].properties.isWhitespace { start += 1 }
    if start == end { return range.lowerBound..<range.lowerBound }
    while end > start, scalars[end - 1].properties.isWhitespace { end -= 1 }
    return start..<end
  }
}
