public import SongStream
public import TokenEditing

/// A prompt out of a library.
public struct LibraryPrompt: Sendable {
  /// Which one it is, for messages and for the history of songs.
  public var name: String
  public var tracks: PromptTracks
  /// The models that made it, as far as they are known.
  public var models: [ModelReference]
}

/// Prompts by style and language.
public protocol PromptLibrary {
  /// The prompt that `seed` chooses among those of a style.
  ///
  /// - Parameter language: `en` or `zh`; nil when the lyrics have none.
  /// - Throws: ``PromptLibraryFailure`` (65) if there is none; what reading it throws.
  func prompt(style: PromptStyle, language: String?, seed: UInt64) throws -> LibraryPrompt
}
