import Diagnostics
public import Mixing
public import MusicCodec
public import Separation

/// Stereo samples in a temporary file that is complete and only read any more.
///
/// Reading is `pread(2)` at a place of its own, so many may read at once.
public struct SpooledSong: SampleSource, @unchecked Sendable {
  private let spool: SampleSpool
  /// Samples of each channel.
  public let frames: Int

  /// - Parameter spool: nobody appends to it any more.
  public init(_ spool: SampleSpool) {
    self.spool = spool
    frames = spool.frames
  }

  public func read(
    from start: Int, into buffer: UnsafeMutableBufferPointer<Float>
  ) throws(SeparationFailure) -> Int {
    do throws(MixingFailure) {
      return try spool.read(from: start, into: buffer)
    } catch {
      throw SeparationFailure(error.status, error.description)
    }
  }

  /// Frames of a range, interleaved, or fewer at the end.
  func samples(_ range: Range<Int>) throws(SeparationFailure) -> [Float] {
    var failure: SeparationFailure?
    let samples = [Float](unsafeUninitializedCapacity: 2 * range.count) { buffer, filled in
      do throws(SeparationFailure) {
        filled = 2 * (try read(from: range.lowerBound, into: buffer))
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return samples
  }

  /// The samples for the encoder; only the first channel if `isMono`.
  public func recording(isMono: Bool = false) -> Recording {
    Recording(frames: frames, channels: isMono ? 1 : 2) { (range) throws(CodecFailure) in
      let samples: [Float]
      do throws(SeparationFailure) {
        samples = try self.samples(range)
      } catch {
        throw CodecFailure(error.status, error.description)
      }
      return isMono ? stride(from: 0, to: samples.count, by: 2).map { samples[$0] } : samples
    }
  }
}

extension Recording {
  /// Stereo without a sound.
  static func silence(frames: Int) -> Recording {
    Recording(frames: frames, channels: 2) { [Float](repeating: 0, count: 2 * $0.count) }
  }

  /// This without `other`, both cut to the shorter.
  func without(_ other: Recording) throws(CodecFailure) -> Recording {
    try other.added(to: self, gain: -1)
  }
}
