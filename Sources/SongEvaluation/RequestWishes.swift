public import Lyrics

/// What a request asks for and figures can answer.
public struct RequestWishes: Sendable, Hashable {
  /// Beats per minute.
  public var tempo: Int?
  /// The labels of the sections, in order.
  public var sections: [String]
  /// The lyrics, if they are to be sung.
  public var lyrics: String?

  public init(_ request: Request) {
    tempo = request.tempo
    sections = request.sections.map { $0.label ?? "" }
    lyrics = request.isInstrumental ? nil : request.lyrics
  }
}
