import Diagnostics
import Neural
import Separation
import Testing

/// Songs in segments.
struct SongSeparatorTests {
  private typealias Options = SongSeparator<Dribble>.Options

  /// A song that comes in small pieces, and may end early when it is read again.
  private final class Dribble: SampleSource {
    let samples: [Float]
    let piece: Int
    let second: Int
    private var isSecond = false

    init(_ samples: [Float], piece: Int = .max, second: Int? = nil) {
      self.samples = samples
      self.piece = piece
      self.second = second ?? samples.count / 2
    }

    func read(from start: Int, into buffer: UnsafeMutableBufferPointer<Float>) -> Int {
      let length = isSecond ? second : samples.count / 2
      let count = min(buffer.count / 2, length - start, piece)
      guard count > 0 else {
        isSecond = true
        return 0
      }
      for index in 0..<2 * count { buffer[index] = samples[2 * start + index] }
      return count
    }
  }

  private func separate(_ source: Dribble, _ options: Options = Options(), threads: Int = 2) throws
    -> (stems: [[Float]], mixture: [Float])
  {
    let separator = try SongSeparator(
      Small.model(), source, options: options, pool: ThreadPool(threads: threads))
    var stems = options.stems.map { _ in [Float]() }
    var mixture: [Float] = []
    var next = options.range?.lowerBound ?? 0
    while let block = try separator.next() {
      #expect(block.start == next && block.frames > 0)
      next += block.frames
      mixture += block.mixture
      for (index, part) in block.stems.enumerated() {
        #expect(part.count == block.mixture.count)
        stems[index] += part
      }
    }
    #expect(separator.done == separator.segments.count)
    return (stems, mixture)
  }

  /// Against the sum written down once more, from whole windows, in double.
  @Test(arguments: [(Shift.none, 60_000), (.fixed(500), 60_000), (.fixed(22050), 20_000)])
  func weightedMean(shift: Shift, frames: Int) throws {
    let song = Small.song(frames)
    let model = try Small.model()
    let pool = ThreadPool(threads: 2)
    let level = try SongLevel(SampleArray(song))
    let size = 34398
    let start = shift.frames.map { $0 - 22050 } ?? 0
    var sum = [Double](repeating: 0, count: 2 * frames)
    var total = [Double](repeating: 0, count: frames)
    for first in stride(from: start, to: frames, by: 25798) {
      let length = min(size, frames - first)
      let trim = (size - length) / 2
      let input = FloatBuffer(count: 2 * size)
      for index in 0..<2 * size {
        let place = 2 * (first - trim) + index
        if song.indices.contains(place) {
          input[index] = (song[place] - level.mean) / level.deviation
        }
      }
      let output = withExtendedLifetime(input) {
        model.separate(input.base, stems: [3], pool)[0]
      }
      for frame in 0..<length where first + frame >= 0 {
        let weight = Double(min(frame + 1, size - frame)) / 17199
        total[first + frame] += weight
        for side in 0..<2 {
          sum[2 * (first + frame) + side] += weight * Double(output[2 * (trim + frame) + side])
        }
      }
    }
    let ours = try separate(Dribble(song), Options(shift: shift)).stems[0]
    #expect(ours.count == sum.count)
    for index in ours.indices {
      let expected = sum[index] / total[index / 2] * Double(level.deviation) + Double(level.mean)
      #expect(abs(Double(ours[index]) - expected) < 1e-6)
    }
  }

  @Test func aPartHasTheSameBits() throws {
    let song = Small.song(90_000)
    let whole = try separate(Dribble(song), Options(shift: .fixed(7000))).stems[0]
    for range in [0..<1, 0..<20_000, 15_000..<41_000, 25_797..<25_799, 89_999..<90_000, 5..<5] {
      let part = try separate(Dribble(song), Options(shift: .fixed(7000), range: range))
      #expect(part.stems[0] == Array(whole[2 * range.lowerBound..<2 * range.upperBound]))
      #expect(part.mixture == Array(song[2 * range.lowerBound..<2 * range.upperBound]))
    }
  }

  @Test func piecesAndThreadsDoNotMatter() throws {
    let song = Small.song(50_000)
    let options = Options(stems: ["vocal", "bass"], shift: .seed(5))
    let whole = try separate(Dribble(song), options, threads: 1)
    let pieces = try separate(Dribble(song, piece: 999), options, threads: 2)
    #expect(whole.stems == pieces.stems && pieces.mixture == song)
    #expect(whole.stems[0] != whole.stems[1])
  }

  @Test func accompanimentIsTheRest() throws {
    let song = Small.song(3000)
    let separator = try SongSeparator(
      Small.model(), SampleArray(song), pool: ThreadPool(threads: 2))
    let block = try #require(try separator.next())
    let rest = block.mixture(without: 0)
    #expect(rest == zip(song, block.stems[0]).map { $0 - $1 })
    #expect(try separator.next() == nil)
  }

  @Test(arguments: [1, 2, 3, 25_798, 25_799, 34_398, 34_399])
  func lengths(frames: Int) throws {
    let result = try separate(Dribble(Small.song(frames)))
    #expect(result.stems[0].count == 2 * frames)
    #expect(result.stems[0].allSatisfy { $0.isFinite })
  }

  /// Silence, a constant, and sides that cancel out have no level: the stems are silent.
  @Test func constantSongs() throws {
    let constants: [[Float]] = [[0, 0], [0.3, 0.3], [0.1, 0.7], [-1e30, -1e30]]
    for frame in constants {
      let result = try separate(Dribble((0..<40_000).flatMap { _ in frame }))
      #expect(result.stems[0] == [Float](repeating: 0, count: 80_000))
    }
    let sides = Small.song(1000).enumerated().flatMap { $0 % 2 == 0 ? [$1, -$1] : [] }
    let separator = try SongSeparator(
      Small.model(), SampleArray(sides), pool: ThreadPool(threads: 1))
    #expect(separator.isSilent)
    #expect(try separator.next()?.stems[0].allSatisfy { $0 == 0 } == true)
  }

  @Test func monoHasEqualSidesOfTheSong() throws {
    let song = Small.song(1000).flatMap { [$0, $0] }
    let level = try SongLevel(SampleArray(song))
    let expected = song.reduce(0) { $0 + Double($1) } / Double(song.count)
    #expect(abs(Double(level.mean) - expected) < 1e-8)
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func notANumber(_ value: Float) throws {
    var song = Small.song(50_000)
    song[2 * 44_143 + 1] = value
    let failure = #expect(throws: SeparationFailure.self) { try separate(Dribble(song)) }
    #expect(failure?.status == .data)
    #expect(
      failure?.description
        == "sample 44143 (1.000 s) of the right channel is not a finite number")
  }

  @Test func badRequests() throws {
    let song = Small.song(100)
    for (options, text) in [
      (Options(stems: ["vocals"]), "no stem 'vocals'; this model has drums, bass, other, vocal"),
      (Options(shift: .fixed(22051)), "not 22051"), (Options(shift: .fixed(-1)), "not -1"),
      (Options(range: 0..<101), "of a song that has 100"), (Options(range: -1..<5), "-1..<5"),
    ] {
      let failure = #expect(throws: SeparationFailure.self) {
        try separate(Dribble(song), options)
      }
      #expect(failure?.status == .usage)
      #expect(failure?.description.contains(text) == true, "\(failure?.description ?? "")")
    }
    let empty = #expect(throws: SeparationFailure.self) { try separate(Dribble([])) }
    #expect(empty?.status == .data)
  }

  /// A file that is cut while it is read.
  @Test func aSongThatShrinks() throws {
    let failure = #expect(throws: SeparationFailure.self) {
      try separate(Dribble(Small.song(50_000), second: 40_000))
    }
    #expect(failure?.status == .inputOutput)
    #expect(failure?.description.contains("ends at sample 40000") == true)
  }

  @Test func shiftsAreDrawnEvenly() {
    let drawn = (0..<400).compactMap { Shift.seed($0).frames }
    #expect(drawn.count == 400 && drawn.allSatisfy { (0...22050).contains($0) })
    #expect(drawn.contains { $0 < 1500 } && drawn.contains { $0 > 20500 })
    #expect(Shift.seed(3).frames == Shift.seed(3).frames)
  }
}
