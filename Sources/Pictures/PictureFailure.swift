public import Diagnostics

/// Why something cannot be drawn.
public enum PictureFailure: SongFailure, Hashable {
  /// There is nothing to draw.
  case empty
  /// There are more frames than a picture of this kind shows.
  case tooLong(frames: Int, limit: Int)
  /// There are more rows or panels than a picture has room for.
  case tooMany(rows: Int, limit: Int)
  /// No curve has a point.
  case noCurve
  /// There are more curves than can be told apart.
  case tooManyCurves(Int, limit: Int)
  /// Samples come at a rate that is no audio.
  case rate(Double)
  /// libpng cannot write the picture.
  case encoder(String)

  public var status: ExitStatus {
    if case .encoder = self { .software } else { .data }
  }

  public var description: String {
    switch self {
    case .empty: "there are no frames to draw"
    case .tooLong(let frames, let limit):
      "\(frames) frames are too many for a picture; at most \(limit) can be drawn"
    case .tooMany(let rows, let limit):
      "\(rows) tracks are too many for a picture; at most \(limit) can be drawn"
    case .noCurve: "there is no number to draw"
    case .tooManyCurves(let curves, let limit):
      "\(curves) curves are too many for a picture; at most \(limit) can be drawn"
    case .rate(let rate): "\(rate) samples per second are not a rate of audio"
    case .encoder(let problem): "cannot write the picture: \(printable(problem))"
    }
  }
}
