import Corpus
import Neural
import Synchronization

/// Songs made on many threads, in the order of their seeds, some at a time.
struct SongBatch {
  let maker: SongMaker
  let kind: SongExtent
  let heldOut: Bool
  let pool: ThreadPool

  /// Gives `body` the songs of `count` seeds from `seed` on.
  func forEach(_ count: Int, from seed: UInt64, _ body: (UInt64, CorpusSong) throws -> Void) throws
  {
    let width = 2 * pool.threads
    for first in stride(from: 0, to: count, by: width) {
      let seeds = (first..<min(count, first + width)).map { seed &+ UInt64($0) }
      for (seed, song) in zip(seeds, make(seeds)) { try body(seed, song.get()) }
    }
  }

  private func make(_ seeds: [UInt64]) -> [Result<CorpusSong, CorpusFailure>] {
    let songs = Mutex([Int: Result<CorpusSong, CorpusFailure>]())
    pool.run(seeds.count) { index in
      let song = Result { () throws(CorpusFailure) in
        try maker.song(seed: seeds[index], kind: kind, heldOut: heldOut)
      }
      songs.withLock { $0[index] = song }
    }
    return songs.withLock { songs in seeds.indices.compactMap { songs[$0] } }
  }
}
