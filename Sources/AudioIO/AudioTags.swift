/// What a file says about itself, as far as its kind has room for it.
public struct AudioTags: Sendable, Hashable {
  public var title: String?
  public var artist: String?
  public var comment: String?
  public var software: String?

  public init(
    title: String? = nil, artist: String? = nil, comment: String? = nil, software: String? = nil
  ) {
    self.title = title
    self.artist = artist
    self.comment = comment
    self.software = software
  }
}
