import Glibc
public import Neural

/// How good a fitted codec is, on songs that it was not fitted to.
public struct CodecFigures: Sendable {
  /// Decibels of the signal over what is missing from it, the mean over the songs: after the analysis and
  /// the decoder, and with the rows of the codes between them.
  public struct Quality: Sendable, Hashable {
    public var linear = 0.0
    public var coded = 0.0
  }
  /// Shares of the sung frames whose code says the right phone, or pitch, by a table of what each code
  /// mostly stands for in the songs of the fit.
  public struct Content: Sendable, Hashable {
    public var phone = 0.0
    public var pitch = 0.0
  }

  public private(set) var vocal = Quality()
  public private(set) var accompaniment = Quality()
  public private(set) var vocalContent = Content()
  public private(set) var mixedContent = Content()
  /// Songs that were measured.
  public private(set) var songs = 0

  /// Songs for the tables, at most.
  private static let tableSongs = 400

  /// - Parameters:
  ///   - labelled: number of songs for the tables.
  ///   - unknown: number of songs to measure.
  public init(
    _ codec: FittedCodec, labelled: Int, known: @escaping @Sendable (Int) -> LabelledSong,
    unknown: Int, song: @escaping @Sendable (Int) -> LabelledSong, pool: ThreadPool
  ) {
    let size = codec.frames.vocal.size
    var tables = Tables(size: size)
    Self.each(min(labelled, Self.tableSongs), pool, known) { song in
      let rows = codec.frames.rows(
        vocal: song.stems.vocal, accompaniment: song.stems.accompaniment)
      return (song, rows, nil)
    } body: { song, rows, _ in
      tables.add(song, rows)
    }
    var (sung, right) = (0.0, [Double](repeating: 0, count: 4))
    var (vocal, accompaniment, songs) = (Quality(), Quality(), 0)
    Self.each(unknown, pool, song) { song in
      let rows = codec.frames.rows(
        vocal: song.stems.vocal, accompaniment: song.stems.accompaniment)
      return (song, rows, Self.quality(codec, song.stems, rows))
    } body: { song, rows, quality in
      guard let quality else { return }
      songs += 1
      vocal.linear += quality.vocal.linear
      vocal.coded += quality.vocal.coded
      accompaniment.linear += quality.accompaniment.linear
      accompaniment.coded += quality.accompaniment.coded
      for frame in rows.vocal.indices
      where frame < song.phones.count && song.phones[frame] > 0 {
        sung += 1
        let (voice, mix) = (Int(rows.vocal[frame]), Int(rows.mixed[frame]))
        let hits = [
          tables.phones[0].best(voice) == song.phones[frame],
          tables.pitches[0].best(voice) == song.pitches[frame],
          tables.phones[1].best(mix) == song.phones[frame],
          tables.pitches[1].best(mix) == song.pitches[frame],
        ]
        for (index, hit) in hits.enumerated() where hit { right[index] += 1 }
      }
    }
    let count = Double(max(1, songs))
    self.vocal = Quality(linear: vocal.linear / count, coded: vocal.coded / count)
    self.accompaniment = Quality(
      linear: accompaniment.linear / count, coded: accompaniment.coded / count)
    let shares = right.map { $0 / max(1, sung) }
    vocalContent = Content(phone: shares[0], pitch: shares[1])
    mixedContent = Content(phone: shares[2], pitch: shares[3])
    self.songs = songs
  }

  /// The figures as a line of JSON.
  public var line: String {
    func number(_ value: Double, _ scale: Double) -> String {
      "\((value * scale).rounded() / scale)"
    }
    func quality(_ quality: Quality) -> String {
      "{\"linear_db\":\(number(quality.linear, 100)),\"coded_db\":\(number(quality.coded, 100))}"
    }
    func content(_ content: Content) -> String {
      "{\"phone\":\(number(content.phone, 1000)),\"pitch\":\(number(content.pitch, 1000))}"
    }
    return "{\"songs\":\(songs),\"vocal\":\(quality(vocal)),"
      + "\"accompaniment\":\(quality(accompaniment)),\"vocal_row\":\(content(vocalContent)),"
      + "\"mixed_row\":\(content(mixedContent))}"
  }

  private typealias Measured = (
    LabelledSong, FrameCodec.Rows, (vocal: Quality, accompaniment: Quality)?
  )

  /// Makes songs and looks at them on all threads, and hands them over in their order.
  private static func each(
    _ count: Int, _ pool: ThreadPool, _ song: @escaping @Sendable (Int) -> LabelledSong,
    _ look: @Sendable (LabelledSong) -> Measured,
    body: (LabelledSong, FrameCodec.Rows, (vocal: Quality, accompaniment: Quality)?) -> Void
  ) {
    let batch = 8
    for first in stride(from: 0, to: count, by: batch) {
      var made = [Measured?](repeating: nil, count: min(batch, count - first))
      made.withUnsafeMutableBufferPointer { made in
        nonisolated(unsafe) let made = made
        pool.run(made.count) { made[$0] = look(song(first + $0)) }
      }
      for case .some(let (song, rows, quality)) in made { body(song, rows, quality) }
    }
  }

  private static func quality(
    _ codec: FittedCodec, _ stems: StemPair, _ rows: FrameCodec.Rows
  ) -> (vocal: Quality, accompaniment: Quality)? {
    func quality(_ samples: [Float], _ codes: [UInt16], _ book: FrameBook) -> Quality? {
      let linear = codec.samples(codec.frames.analysis.latents(samples))
      let coded = codec.samples(codec.latents(codes, of: book))
      guard let first = ratio(samples, linear), let second = ratio(samples, coded) else {
        return nil
      }
      return Quality(linear: first, coded: second)
    }
    guard let vocal = quality(stems.vocal, rows.vocal, codec.frames.vocal),
      let accompaniment = quality(
        stems.accompaniment, rows.accompaniment, codec.frames.accompaniment)
    else { return nil }
    return (vocal, accompaniment)
  }

  /// Decibels of x over x - y; `nil` when either is nothing.
  private static func ratio(_ x: [Float], _ y: [Float]) -> Double? {
    var (signal, error) = (0.0, 0.0)
    for (a, b) in zip(x, y) {
      signal += Double(a) * Double(a)
      error += Double(a - b) * Double(a - b)
    }
    return signal > 0 && error > 0 ? 10 * log10(signal / error) : nil
  }

  /// What codes stand for: of the vocal row, and of the mixed row.
  private struct Tables {
    var phones: [Table]
    var pitches: [Table]

    init(size: Int) {
      phones = [Table(size: size), Table(size: size)]
      pitches = phones
    }

    mutating func add(_ song: LabelledSong, _ rows: FrameCodec.Rows) {
      for (index, codes) in [rows.vocal, rows.mixed].enumerated() {
        for (frame, code) in codes.enumerated() where frame < song.phones.count {
          phones[index].add(Int(code), song.phones[frame])
          pitches[index].add(Int(code), song.pitches[frame])
        }
      }
    }
  }

  private struct Table {
    private var counts: [[UInt16: Int]]

    init(size: Int) { counts = Array(repeating: [:], count: size) }

    mutating func add(_ code: Int, _ label: UInt16) { counts[code][label, default: 0] += 1 }

    /// The label that a code had most often; of equals the lowest.
    func best(_ code: Int) -> UInt16? {
      counts[code].max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }
  }
}
