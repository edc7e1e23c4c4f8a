/// Where the windows of a song lie.
///
/// A window has `size` frames and begins `hop` frames after its predecessor; they share `overlap`.
public struct WindowPlan: Sendable, Hashable {
  public let size: Int

  /// - Parameter size: at least 4 frames.
  public init(size: Int) { self.size = max(4, size) }

  /// Frames from one window to the next: three quarters of a window, rounded down to whole quarters.
  public var hop: Int { size / 4 * 3 }
  /// Frames that neighbours share.
  public var overlap: Int { size - hop }

  /// The number of windows of a song with `codes` codes.
  public func windows(codes: Int) -> Int {
    codes <= size ? 1 : (codes - overlap + hop - 1) / hop
  }

  /// Whether window `index` and at least one code after it lie within the first `codes` codes, so
  /// that it can be decoded and cannot turn out to be the last.
  public func isFollowed(_ index: Int, codes: Int) -> Bool { index * hop + size < codes }

  /// Samples of a song, rounded as the reference does: f64 in this order, then cut. For some lengths
  /// that is one sample less than 25 frames a second say.
  public static func samples(codes: Int, sampleRate: Int) -> Int {
    Int(((Double(codes) / 100) * 4) * Double(sampleRate))
  }
}
