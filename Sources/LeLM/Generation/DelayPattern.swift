/// Which frame of which codebook stands in which column of the sequence (MusicGen, arXiv 2306.05284,
/// section 2.2; LeVo delays the dual tracks behind the mixed one).
///
/// Column 0 is special. In column s >= 1, codebook q holds frame s - 1 - delay[q] where that is in
/// 0..<frames, else it is special.
public struct DelayPattern: Sendable, Hashable {
  /// Columns by which each codebook lags, not negative.
  public let delays: [Int]
  /// Frames T of the song.
  public let frames: Int

  public init(delays: [Int], frames: Int) {
    self.delays = delays
    self.frames = frames
  }

  /// Columns S = 1 + T + the longest delay.
  public var columns: Int { 1 + frames + (delays.max() ?? 0) }

  /// The frame of `codebook` in `column`, nil where the column is special for it.
  public func frame(codebook: Int, column: Int) -> Int? {
    let frame = column - 1 - delays[codebook]
    return frame >= 0 && frame < frames ? frame : nil
  }

  /// The column that holds `frame` of `codebook`.
  public func column(codebook: Int, frame: Int) -> Int {
    1 + delays[codebook] + frame
  }

  /// Frames [codebooks][frames] to columns [codebooks][columns].
  public func interleave(_ tokens: [[Int32]], special: Int32) -> [[Int32]] {
    delays.indices.map { codebook in
      (0..<columns).map { column in
        frame(codebook: codebook, column: column).map { tokens[codebook][$0] } ?? special
      }
    }
  }

  /// Columns [codebooks][any count] back to frames [codebooks][frames]; frames that the columns do
  /// not reach become `missing`.
  public func revert(_ sequence: [[Int32]], missing: Int32) -> [[Int32]] {
    delays.indices.map { codebook in
      (0..<frames).map { frame in
        let column = column(codebook: codebook, frame: frame)
        return column < sequence[codebook].count ? sequence[codebook][column] : missing
      }
    }
  }
}
