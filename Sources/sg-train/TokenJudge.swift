import DefaultModel
import Diagnostics
import LeLM
import Lyrics
import SongStream
import TextTokens
import TokenEditing
import TokenReading
import ToolSupport
import Weights

/// Measures songs with the statistics of a model.
struct TokenJudge {
  private let readers: TokenReaders
  private let wording: RequestWording
  private let labels: [String]

  /// - Parameter statistics: A file in the place of the model's own.
  init(_ options: ModelOptions, statistics: String?) throws {
    let directory = try options.open(
      directory: ModelDirectory.init(path:), embedded: DefaultModel.directory)
    if let statistics {
      readers = TokenReaders(
        try TokenStatistics(MappedFile(path: statistics, name: statistics)))
    } else {
      readers = TokenReaders(try TokenStatistics(directory))
    }
    let conditions = try TextConditions(
      directory, config: LeLMConfig(directory.config), styleRows: nil)
    wording = try RequestWording(directory, conditions: conditions)
    labels = conditions.labels
  }

  /// The figures of a song.
  ///
  /// - Throws: `ToolFailure`, `LyricsFailure` or `TokenReadingFailure` (65) when it has no request, or
  ///   no rows to read.
  func figures(_ song: TokenSong) throws -> SongFigures {
    guard let json = song.header.request else {
      throw ToolFailure(.data, "the song has no request to compare it with")
    }
    let request = try Request(json: json)
    let worded = wording.text(
      lyrics: request.lyrics, description: request.description,
      accompanimentOnly: request.isInstrumental)
    return SongFigures(
      id: song.header.id, try SongTokens(song),
      phoneText: request.isInstrumental ? "" : worded.text.lyrics ?? "",
      words: words(request.lyrics), description: worded.text.style, stop: song.stop, readers)
  }

  /// What is sung according to the labels of the song, as its own request asks; nil without labels.
  func figuresOfLabels(_ song: TokenSong) throws -> PhoneErrors? {
    let tokens = try SongTokens(song)
    guard let phones = tokens.phones else { return nil }
    let wanted = PhoneReader.phones(phones.map { UInt8(clamping: $0) })
    return PhoneErrors(PhoneReader.phones(readers.vocalPhones.states(tokens.vocal)), of: wanted)
  }

  private func words(_ lyrics: String) -> Int {
    var text = lyrics
    for label in labels { text = text.split(separator: label).joined(separator: " ") }
    return text.split { !($0.isLetter || $0.isNumber || $0 == "'" || $0 == "’") }.count
  }
}
