import AudioIO
import Diagnostics
import Mixing
import SongStream
import ToolSupport

/// What is said of a finished song: in its file, on standard error and as JSON.
struct SongReport {
  let header: SongHeader

  /// Whether a toy model had a part in it.
  var isToy: Bool { header.extra["toy"]?.bool == true }

  /// The models' names, each once.
  var model: String? {
    var names: [String] = []
    for model in header.models where !names.contains(model.name) { names.append(model.name) }
    return names.isEmpty ? nil : names.joined(separator: "+")
  }

  /// The tags of the file.
  func tags(_ flags: FileFlags) -> AudioTags {
    var facts = "made by sg-mix \(Version.string)"
    if let seed = header.seed { facts += ", seed \(seed)" }
    if let model { facts += ", model \(model)" }
    if isToy { facts += ", a toy model that only shows how the tools work" }
    let comment = flags.comment.map { $0 + " (" + facts + ")" } ?? facts
    return AudioTags(
      title: printable(flags.title ?? header.id, limit: 500),
      artist: flags.artist.map { printable($0, limit: 500) },
      comment: printable(comment, limit: 1000), software: "sg-mix \(Version.string)")
  }

  /// `song.flac: 0:31, -14.0 LUFS, true peak -1.0 dB, seed 42, model tiny (toy)`.
  func summary(_ master: MasterReport, rate: Int, path: String) -> String {
    var parts = [minutes(Double(master.frames) / Double(rate))]
    parts.append(master.loudness.map { decimal($0, places: 1) + " LUFS" } ?? "no loudness")
    parts.append("true peak \(decimal(master.truePeak, places: 1)) dB")
    if let seed = header.seed { parts.append("seed \(seed)") }
    if let model { parts.append("model \(printable(model))" + (isToy ? " (toy)" : "")) }
    return printable(path) + ": " + parts.joined(separator: ", ")
  }

  /// The request's own keys, and what became of it.
  func json(_ master: MasterReport, rate: Int, path: String, own: JSONValue) -> JSONValue {
    var result = header.request?.object ?? [:]
    result["sections"] = nil
    if result["idx"] == nil { result["idx"] = .string(header.id) }
    for key in ["gt_lyric", "descriptions"] where result[key] == nil { result[key] = .null }
    result["wav_path"] = .string(path)
    result["seed"] = header.seed.map { JSONValue($0) } ?? .null
    result["model"] = model.map { .string($0) } ?? .null
    result["toy"] = .bool(isToy)
    result["models"] = .array(
      header.models.map {
        ["role": .string($0.role), "name": .string($0.name), "sha256": .string($0.sha256)]
      })
    var settings: [String: JSONValue] = [:]
    for entry in header.history { settings[entry.tool] = .object(entry.options) }
    settings[Mix.toolName] = own
    result["settings"] = .object(settings)
    result["sample_rate"] = .integer(Int64(rate))
    result["duration"] = tidy(Double(master.frames) / Double(rate), 1000)
    result["loudness"] = master.loudness.map { tidy($0, 100) } ?? .null
    result["true_peak"] = master.truePeak.isFinite ? tidy(master.truePeak, 100) : .null
    return .object(result)
  }

  /// `value` rounded to a fraction of `scale`.
  private func tidy(_ value: Double, _ scale: Double) -> JSONValue {
    .number((value * scale).rounded() / scale)
  }
}

extension MixFlags {
  /// The settings as JSON, for the stems that were mixed.
  func json(_ stems: [String], format: AudioFileFormat?) -> JSONValue {
    var result: [String: JSONValue] = [
      "loudness": loudness.value.map { .number($0) } ?? .null,
      "true_peak": truePeak.value.map { .number($0) } ?? .null,
      "fade_in": .number(fadeIn), "fade_out": .number(fadeOut),
    ]
    var parts: [String: JSONValue] = [:]
    for stem in stems {
      let settings = settings(stem)
      parts[stem] = [
        "gain": settings.gain.isFinite ? .number(settings.gain) : .null,
        "pan": .number(settings.pan), "width": .number(settings.width),
      ]
    }
    result["stems"] = .object(parts)
    if let format {
      result["format"] = .string(format.kind.rawValue)
      switch format.sample {
      case .integer(let bits): result["bits"] = .integer(Int64(bits))
      case .float: result["bits"] = .integer(32)
      case .lossy: break
      }
    }
    return .object(result)
  }
}
