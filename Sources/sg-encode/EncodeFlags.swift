import ArgumentParser
import ReferenceAudio
import Separation
import ToolSupport

/// What of a recording is encoded, and how.
struct EncodeFlags: ParsableArguments {
  @Option(help: ArgumentHelp("Where the excerpt begins (default: 0).", valueName: "time"))
  var start: TimePoint?

  @Option(help: ArgumentHelp("Its length, or all (default: 10).", valueName: "time|all"))
  var seconds: ExcerptLength?

  @Option(
    help: ArgumentHelp("The vocal, as a recording of its own.", valueName: "file"),
    completion: .file())
  var vocal: String?

  @Option(
    help: ArgumentHelp("The accompaniment, as a recording of its own.", valueName: "file"),
    completion: .file())
  var accompaniment: String?

  @Option(
    help: ArgumentHelp(
      "Shift of the separation in samples, 0 to 22050 (default: from the seed).",
      valueName: "samples"))
  var shift: Int?

  @Option(
    help: ArgumentHelp(
      "Seed of the shift, the latents, and the choice from a library (default: 0; of the choice: "
        + "the song's).", valueName: "n"))
  var seed: UInt64?

  @Flag(
    inversion: .prefixedNo,
    help: "Make latents that seed the decoder (default: up to 10 seconds).")
  var latents: Bool = true

  @Flag(help: "Repeat oversights of the reference, to compare with it.")
  var referenceQuirks = false

  func validate() throws {
    if let shift, !(0...SegmentPlan.longestShift).contains(shift) {
      throw ValidationError("'--shift \(shift)': give 0 to \(SegmentPlan.longestShift)")
    }
    if let seed, seed > UInt64(Int64.max) {
      throw ValidationError("'--seed \(seed)': give 0 to \(Int64.max)")
    }
    if case .time(let time)? = seconds, time.seconds(framesPerSecond: 25) < 0.04 {
      throw ValidationError("'--seconds': give at least a frame, 0.04 s")
    }
  }

  /// The part that is encoded.
  func excerpt(usual: Double?) -> Excerpt {
    let length: Double? =
      switch seconds {
      case nil: usual
      case .all: nil
      case .time(let time): time.seconds(framesPerSecond: 25)
      }
    return Excerpt(start: start?.seconds(framesPerSecond: 25) ?? 0, length: length)
  }

  /// Where the separation begins.
  var separationShift: Shift { shift.map { .fixed($0) } ?? .seed(seed ?? 0) }
}

/// `--seconds`.
enum ExcerptLength: ExpressibleByArgument, Equatable {
  case time(TimePoint)
  case all

  init?(argument: String) {
    if argument == "all" {
      self = .all
    } else if let time = TimePoint(argument: argument) {
      self = .time(time)
    } else {
      return nil
    }
  }
}
