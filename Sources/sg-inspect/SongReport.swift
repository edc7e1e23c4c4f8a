import Diagnostics
import SongStream
import ToolSupport

/// What there is to say of one song.
struct SongReport {
  enum Ending {
    case stop(StopReason)
    case failed(SongAbort)
  }

  /// The stream, and which of its songs this is, counted from 1.
  let file: String
  let number: Int
  let header: SongHeader
  var ending: Ending?
  /// Where the song lies in the stream.
  var start: UInt64 = 0
  var end: UInt64 = 0
  /// Frames by track.
  private var frames: [UInt64]

  init(file: String, number: Int, header: SongHeader) {
    self.file = file
    self.number = number
    self.header = header
    frames = header.tracks.map { _ in 0 }
  }

  mutating func add(_ block: FrameBlock) {
    guard frames.indices.contains(block.track) else { return }
    frames[block.track] += UInt64(block.count)
  }

  /// The length of the song: of its longest track, not counting the prompt.
  var seconds: Double {
    zip(header.tracks, frames).map { track, count in
      track.isPrompt ? 0 : track.rate.seconds(count)
    }.max() ?? 0
  }

  /// Tabular text for people; everything that came from the stream is safe to print.
  var line: String {
    var parts = [
      printable(file), "\(number)", "'\(printable(header.id, limit: 60))'", header.kind.rawValue,
    ]
    var tracks = zip(header.tracks, frames).map { "\($0.name) \($1)" }
    if tracks.count > 8 { tracks = tracks.prefix(8) + ["and \(tracks.count - 8) tracks more"] }
    if !tracks.isEmpty { parts.append(tracks.joined(separator: " ") + " (\(length))") }
    if let sections = header.request?["sections"]?.array {
      parts.append(sections.count == 1 ? "1 section" : "\(sections.count) sections")
    }
    switch ending {
    case .stop(let stop): parts.append("stop \(stop.rawValue)")
    case .failed(let abort):
      parts.append("failed: \(printable(abort.tool)): \(printable(abort.message))")
    case nil: break
    }
    if let seed = header.seed { parts.append("seed \(seed)") }
    if !header.models.isEmpty {
      var names: [String] = []
      for model in header.models where !names.contains(model.name) { names.append(model.name) }
      parts.append(names.map { printable($0, limit: 40) }.joined(separator: ", "))
    }
    return parts.joined(separator: "  ")
  }

  /// `m:ss.t`.
  private var length: String {
    let milliseconds = (seconds * 1000).rounded()
    let tenths = Int(milliseconds.truncatingRemainder(dividingBy: 1000)) / 100
    return minutes(milliseconds / 1000) + ".\(tenths)"
  }

  /// The header's own keys, and what is known besides.
  var json: JSONValue {
    var object = header.json.object ?? [:]
    object["file"] = .string(file)
    object["song"] = .integer(Int64(number))
    object["bytes"] = [JSONValue(start), JSONValue(end)]
    object["seconds"] = .number(seconds)
    object["frames"] = .object(
      Dictionary(zip(header.tracks.map(\.name), frames.map { JSONValue($0) })) { $1 })
    switch ending {
    case .stop(let stop): object["stop"] = .string(stop.rawValue)
    case .failed(let abort):
      object["failed"] = [
        "tool": .string(abort.tool), "code": .integer(Int64(abort.code)),
        "message": .string(abort.message),
      ]
    case nil: break
    }
    return .object(object)
  }
}
