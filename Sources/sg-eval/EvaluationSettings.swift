import Diagnostics
import Lyrics
import SongEvaluation
import SongStream
import TextTokens
import ToolSupport

/// What all songs of a run are evaluated with.
struct EvaluationSettings {
  let ranking: Ranking
  let requests: RequestBook
  let tokens: TokenBook
  /// Borders from `--labels`.
  let borders: [Double]?
  /// The path of `--reference`.
  let reference: String?
  let recogniser: Recogniser?
  let lexicon: PhonemeFrontEnd
  let limits: StreamLimits
  /// Whether a report is made, which needs pictures.
  let draws: Bool
  let console: Console

  /// Whether sound is to be kept for a recogniser.
  var listens: Bool { recogniser != nil }

  /// Fills in what the request says and what is compared with it.
  ///
  /// - Parameters:
  ///   - request: Of the stream, if there is one; `--requests` goes before it.
  ///   - speech: The sound that the recogniser hears.
  func conclude(
    _ song: inout Evaluated, request: JSONValue?, sections: LabelRow?, speech: SpeechFile?
  ) throws {
    let tokens = tokens.song(song.id)
    if let borders {
      song.figures.knownBorders = borders
    } else if let row = sections ?? tokens?.sections {
      song.figures.knownBorders = SectionTrack.borders(row.labels, rate: row.rate)
    }
    if song.ordinals == nil { song.ordinals = tokens?.ordinals }
    let found = requests.request(id: song.id, group: song.group, source: song.source)
    if let json = found ?? request ?? tokens?.request {
      do throws(LyricsFailure) {
        let wishes = RequestWishes(try Request(json: json))
        song.figures.compare(with: wishes)
        song.lyrics = wishes.lyrics
        song.figures.lyricsWords = wishes.lyrics.map { lexicon.words($0).count }
      } catch {
        console.warning("its request is left out: \(error)", song: song.id)
      }
    }
    if let recogniser, let speech {
      if let lyrics = song.lyrics {
        let path = try speech.finish()
        do throws(RecogniserFailure) {
          song.figures.hearing = LyricsHearing(
            heard: try recogniser.words(in: path), lyrics: lyrics, pronouncing: lexicon)
        } catch {
          song.problem = error
        }
      } else {
        console.warning("its lyrics are not known: the recogniser is not asked", song: song.id)
      }
    }
    song.score = ranking.score(song.figures)
  }
}
