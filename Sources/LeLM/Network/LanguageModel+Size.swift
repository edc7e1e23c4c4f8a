import Glibc
import Neural

extension LanguageModel {
  private var stepMatrices: [WeightMatrix] {
    let layers = (transformer.layers + transformer2.layers).flatMap {
      [$0.query, $0.key, $0.value, $0.output, $0.gate, $0.up, $0.down]
    }
    return layers + [bridgeIn, bridgeOut] + heads
  }

  /// Bytes of weights that a step reads: both transformers, the bridge and the heads.
  public var bytesPerStep: Int { stepMatrices.reduce(0) { $0 + $1.byteCount } }

  /// Multiplications of a step for one guidance row.
  public var weightsPerStep: Int { stepMatrices.reduce(0) { $0 + $1.rows * $1.columns } }

  /// Bytes of keys and values of one position of both guidance rows, in int8.
  public var cacheBytesPerPosition: Int {
    cacheBytesPerPosition(.fast)
  }

  /// Bytes of keys and values of one position of both guidance rows.
  public func cacheBytesPerPosition(_ arithmetic: Arithmetic) -> Int {
    [config.main, config.sub].reduce(0) { sum, shape in
      sum
        + (arithmetic.exactCache
          ? shape.layers * 2 * 2 * shape.width * MemoryLayout<Float>.size
          : CompactCache.pieceBytes(shape, rows: 2) / CompactCache.step)
    }
  }

  /// Asks the system to have the weights of a step in memory and in the page tables now, rather than
  /// page by page as they are met; where it cannot, nothing is lost.
  ///
  /// Calls `madvise` with `MADV_POPULATE_READ` (Linux 5.14).
  public func populate() {
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    for part in stepMatrices.flatMap(\.memory) {
      guard let base = part.baseAddress, part.count > 0 else { continue }
      let start = UInt(bitPattern: base) / UInt(page) * UInt(page)
      let end = UInt(bitPattern: base) + UInt(part.count)
      _ = madvise(UnsafeMutableRawPointer(bitPattern: start), Int(end - start), populateRead)
    }
  }

  /// `MADV_POPULATE_READ`, which older headers lack.
  private var populateRead: Int32 { 22 }
}
