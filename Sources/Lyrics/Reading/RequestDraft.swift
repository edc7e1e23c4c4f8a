import SongStream

/// A request as it was read, before it is judged.
struct RequestDraft {
  /// The name of the song, if there is one that can be used.
  var id: String?
  /// Where the request begins.
  var place: Place
  var idPlace: Place?
  /// The lyrics as read; nil if there are none.
  var lyrics: LocatedText?
  var lyricsPlace: Place?
  var description: LocatedText?
  var descriptionPlace: Place?
  var promptAudioPath: String?
  var autoPromptType: String?
  var generation: GenerationType?
  /// Keys that nobody here knows.
  var unknown: [String: JSONValue] = [:]
  /// Keys that are there, whatever they hold.
  var keys: Set<String> = []
  var findings: [Finding] = []
}
