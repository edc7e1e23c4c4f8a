import ArgumentParser
import CodecFitting
import Corpus
import DefaultModel
import Diagnostics
import Neural
import ToolSupport

/// `sg-train codec`
struct CodecCommand: TrainCommand {
  static let configuration = CommandConfiguration(
    commandName: "codec", abstract: "Fit a codec to songs made from a seed.",
    discussion: """
      Writes an autoencoder and both codec files, and what is theirs of sg-model.json, to a model \
      directory, which may be there, as sg-train toy begins it, or is made. All of it is solved in \
      closed form, but for the codes, which are gathered. The same seed gives the same bytes.
      """)

  @OptionGroup var common: CommonOptions

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The model directory.", valueName: "dir"),
    completion: .directory)
  var output: String

  @Option(name: [.customShort("n"), .long], help: ArgumentHelp("Songs to fit to.", valueName: "n"))
  var count = 600

  @Option(help: ArgumentHelp("Seed of the first; each has the next number.", valueName: "n"))
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("Codes of each row.", valueName: "n"))
  var codes = 2048

  @Option(
    help: ArgumentHelp("What the vocal is multiplied with for the mixed row.", valueName: "x"))
  var vocalGain: Float = 6

  @Option(
    help: ArgumentHelp(
      "Measure on so many songs of words that are kept back; prints a line of JSON.", valueName: "n"
    ))
  var check: Int?

  @OptionGroup var threads: ThreadOptions

  func validate() throws {
    guard (1...100_000).contains(count) else {
      throw ValidationError("'-n \(count)': give 1 to 100000")
    }
    guard (2...16384).contains(codes) else {
      throw ValidationError("'--codes \(codes)': give 2 to 16384")
    }
    guard vocalGain.isFinite, (0.01...100).contains(vocalGain) else {
      throw ValidationError("'--vocal-gain \(vocalGain)': give 0.01 to 100")
    }
    guard (1...10_000).contains(check ?? 1) else {
      throw ValidationError("'--check \(check ?? 0)': give 1 to 10000")
    }
  }

  mutating func work(_ console: Console) throws {
    let pool = ThreadPool(threads: threads.threads ?? ThreadPool.availableThreads())
    let songs = CodecSongs(
      maker: SongMaker(try PronouncedWords(embedded: DefaultModel.directory())), seed: seed)
    let target = try CodecTarget(output)
    let progress = Progress(common.progress, console: console)
    defer { progress.finish() }
    var fitter = CodecFitter(songs: count) { songs.stems($0) }
    fitter.settings.codes = codes
    fitter.settings.vocalGain = vocalGain
    fitter.settings.seed = seed
    var stages = 0.0
    let codec = try fitter.fit(pool: pool) { stage in
      progress.update(song: "codec", stage: stage, done: stages, total: 6)
      stages += 1
    }
    try target.write(codec)
    guard let check else { return }
    progress.update(song: "codec", stage: "measuring", done: stages, total: 6)
    let figures = CodecFigures(
      codec, labelled: count, known: { songs.labelled($0) }, unknown: check,
      song: { songs.labelled($0, heldOut: true) }, pool: pool)
    try StandardOutput().line(figures.line)
  }
}

/// The songs that a codec is fitted to: single words, lines, short and whole songs in turn.
struct CodecSongs: Sendable {
  let maker: SongMaker
  let seed: UInt64

  /// A song, or none when no words can be found for it.
  func song(_ index: Int, heldOut: Bool) -> CorpusSong? {
    let kinds: [SongExtent] = [.words(3), .lines(2), .short, .song]
    return try? maker.song(
      seed: seed &+ UInt64(index), kind: kinds[index % kinds.count], heldOut: heldOut)
  }

  func stems(_ index: Int) -> StemPair {
    let song = song(index, heldOut: false)
    return StemPair(vocal: song?.vocal ?? [], accompaniment: song?.accompaniment ?? [])
  }

  func labelled(_ index: Int, heldOut: Bool = false) -> LabelledSong {
    let song = song(index, heldOut: heldOut)
    return LabelledSong(
      stems: StemPair(vocal: song?.vocal ?? [], accompaniment: song?.accompaniment ?? []),
      phones: song?.labels.phone ?? [], pitches: song?.labels.pitch ?? [])
  }
}
