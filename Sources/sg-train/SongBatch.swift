import Corpus
import Neural
import Synchronization

/// Songs made on many threads, in the order of their seeds, some at a time.
struct SongBatch {
  let maker: SongMaker
  let extent: SongExtent
  let heldOut: Bool
  let pool: ThreadPool

  /// Makes the songs of `count` seeds from `seed` on, and of each what `work` makes of it on any
  /// thread, and gives `body` both.
  func forEach<Product: Sendable>(
    _ count: Int, from seed: UInt64, work: @Sendable (CorpusSong) -> Product,
    _ body: (UInt64, CorpusSong, Product) throws -> Void
  ) throws {
    let width = 2 * pool.threads
    for first in stride(from: 0, to: count, by: width) {
      let seeds = (first..<min(count, first + width)).map { seed &+ UInt64($0) }
      for (seed, song) in zip(seeds, make(seeds, work)) {
        let (song, product) = try song.get()
        try body(seed, song, product)
      }
    }
  }

  private func make<Product: Sendable>(
    _ seeds: [UInt64], _ work: @Sendable (CorpusSong) -> Product
  ) -> [Result<(CorpusSong, Product), CorpusFailure>] {
    let songs = Mutex([Int: Result<(CorpusSong, Product), CorpusFailure>]())
    pool.run(seeds.count) { index in
      let result = Result { () throws(CorpusFailure) in
        let song = try maker.song(seed: seeds[index], kind: extent, heldOut: heldOut)
        return (song, work(song))
      }
      songs.withLock { $0[index] = result }
    }
    return songs.withLock { songs in seeds.indices.compactMap { songs[$0] } }
  }
}
