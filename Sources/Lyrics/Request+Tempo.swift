extension Request {
  /// The tempo that the description asks for, in beats per minute: that of its first tag that names
  /// one, such as `the bpm is 96`.
  public var tempo: Int? {
    guard let description else { return nil }
    let text = LocatedText(description)
    return DescriptionTags(text).ranges.lazy.compactMap { DescriptionTag(text.string($0)).tempo }
      .first
  }
}
