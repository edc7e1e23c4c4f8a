/// What a request looks like to the conditioners: integers only.
///
/// The first row of everything is the conditional one, the second the null one that guidance steers
/// away from.
public struct ConditionIDs: Sendable, Hashable {
  /// Lyrics ids [2][lyrics length], padded.
  public var lyrics: [[Int32]]
  /// Section index of each lyrics id [2][lyrics length]: 0 outside, else the label's number.
  public var structure: [[Int32]]
  /// Style ids [2][style length], padded.
  public var style: [[Int32]]
  /// Prompt columns [2][3][prompt frames + 1]: begin column, then tokens.
  public var prompt: [[[Int32]]]

  public init(
    lyrics: [[Int32]], structure: [[Int32]], style: [[Int32]], prompt: [[[Int32]]]
  ) {
    self.lyrics = lyrics
    self.structure = structure
    self.style = style
    self.prompt = prompt
  }
}
