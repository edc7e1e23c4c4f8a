import ArgumentParser
import Mixing

/// How stems become one programme.
struct MixFlags: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Gain of a stem in dB, -inf mutes it; repeatable.", valueName: "stem=db"))
  var gain: [StemValue] = []

  @Option(
    help: ArgumentHelp(
      "Place of a stem from -1 (left) to 1 (right); repeatable.", valueName: "stem=place"))
  var pan: [StemValue] = []

  @Option(
    help: ArgumentHelp(
      "Stereo width of a stem, 0 (mono) to 2; repeatable.", valueName: "stem=width"))
  var width: [StemValue] = []

  @Option(
    help: ArgumentHelp(
      "Mix 'stems', or take the decoder's own mix, 'mixed' (default: stems if both are there).",
      valueName: "what"))
  var use: StemChoice?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Integrated loudness in LUFS (EBU R128), or off.", valueName: "lufs"))
  var loudness = Level(-14)

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Highest true peak in dBTP, or off.", valueName: "dbtp"))
  var truePeak = Level(-1)

  @Option(help: ArgumentHelp("Fade in over this time.", valueName: "seconds"))
  var fadeIn = 0.0

  @Option(help: ArgumentHelp("Fade out over this time.", valueName: "seconds"))
  var fadeOut = 0.0

  @Option(help: ArgumentHelp("Sample rate in Hz (default: that of the stems).", valueName: "hz"))
  var rate: Int?

  mutating func validate() throws {
    func check(_ values: [StemValue], _ flag: String, _ range: ClosedRange<Double>) throws {
      for item in values where !range.contains(item.value) {
        if flag == "--gain" && item.value == -.infinity { continue }
        throw ValidationError(
          "'\(flag) \(item)': give \(range.lowerBound) to \(range.upperBound)")
      }
      if Set(values.map(\.stem)).count < values.count {
        throw ValidationError("'\(flag)' names a stem twice")
      }
    }
    try check(gain, "--gain", StemSettings.gains)
    try check(pan, "--pan", StemSettings.pans)
    try check(width, "--width", StemSettings.widths)
    if let value = loudness.value, !MasterSettings.loudnesses.contains(value) {
      throw ValidationError("'--loudness \(value)': give -50 to -5, or off")
    }
    if let value = truePeak.value, !MasterSettings.truePeaks.contains(value) {
      throw ValidationError("'--true-peak \(value)': give -20 to 0, or off")
    }
    for (flag, value) in [("--fade-in", fadeIn), ("--fade-out", fadeOut)]
    where !MasterSettings.fades.contains(value) {
      throw ValidationError("'\(flag) \(value)': give 0 to 60 seconds")
    }
    if let rate, !(8000...192_000).contains(rate) {
      throw ValidationError("'--rate \(rate)': give 8000 to 192000")
    }
  }

  /// What is done to the stem `name`.
  func settings(_ name: String) -> StemSettings {
    func value(_ values: [StemValue], _ usual: Double) -> Double {
      values.first { $0.stem.rawValue == name }?.value ?? usual
    }
    return StemSettings(gain: value(gain, 0), pan: value(pan, 0), width: value(width, 1))
  }

  var master: MasterSettings {
    MasterSettings(
      loudness: loudness.value, truePeak: truePeak.value, fadeIn: fadeIn, fadeOut: fadeOut)
  }

  /// The stems that a flag names.
  var named: Set<String> { Set((gain + pan + width).map(\.stem.rawValue)) }
}

/// The stems there can be.
enum StemName: String, CaseIterable {
  case vocal, accompaniment, mixed
}

/// `--use`.
enum StemChoice: String, ExpressibleByArgument, CaseIterable {
  case stems, mixed
}

/// `vocal=+2`.
struct StemValue: ExpressibleByArgument, CustomStringConvertible {
  let stem: StemName
  let value: Double

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1)
    guard parts.count == 2, let stem = StemName(rawValue: String(parts[0])),
      let value = Double(parts[1]), !value.isNaN
    else { return nil }
    self.stem = stem
    self.value = value
  }

  var description: String { "\(stem.rawValue)=\(value)" }
}

/// A level in decibels, or `off`.
struct Level: ExpressibleByArgument, CustomStringConvertible {
  let value: Double?

  init(_ value: Double) { self.value = value }

  init?(argument: String) {
    if argument == "off" {
      value = nil
    } else if let number = Double(argument), number.isFinite {
      value = number
    } else {
      return nil
    }
  }

  var description: String {
    guard let value else { return "off" }
    return value == value.rounded() ? "\(Int(value))" : "\(value)"
  }

  var defaultValueDescription: String { description }
}
