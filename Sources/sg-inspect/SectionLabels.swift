import SongStream

/// The sections that a song's request asks for, in order.
struct SectionLabels {
  let labels: [String]

  init(_ header: SongHeader) {
    let sections = header.request?["sections"]?.array ?? []
    let named = sections.compactMap { $0["label"]?.string ?? $0.string }
    labels = Array(named.prefix(Self.most))
  }

  /// More than this are not told.
  private static let most = 64
}
