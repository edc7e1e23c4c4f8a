import Diagnostics
import SongStream
import ToolSupport

/// Tokens to and from NumPy arrays, the form in which LeVo2.cpp keeps them.
enum ArrayExchange {
  private static let names = ["mixed", "vocal", "accompaniment"]

  /// Writes the tokens of a song.
  static func export(_ input: SongInput, _ path: String?, to target: String) throws {
    let file = try InputFile(path, force: input.force)
    var rows: TokenRows?
    var id = ""
    _ = try input.readOne(
      file.songs(limits: input.limits), name: file.name,
      begin: {
        rows = try TokenRows($0)
        id = $0.id
      },
      frames: { try rows?.add($0) })
    guard let rows else { return }
    let found = names.compactMap { name in
      rows.names.firstIndex { $0 == name || $0 == "prompt." + name }
    }
    guard found.count == 3 else {
      throw ToolFailure(
        .data, "song '\(printable(id))' has not the three rows \(names.joined(separator: ", "))")
    }
    let tokens = found.map { rows.tokens[$0].map { UInt16(truncatingIfNeeded: $0) } }
    guard found.allSatisfy({ rows.vocab[$0] <= 65536 }) else {
      throw ToolFailure(.data, "song '\(printable(id))' has tokens of more than 16 bits")
    }
    let array = try NumPyTokens(rows: tokens)
    let output = try OutputFile(target, force: input.force)
    let bytes = array.encoded()
    try bytes.withUnsafeBytes { try output.write($0) }
    try output.commit()
  }

  /// Makes a stream of one song out of an array.
  static func load(
    _ path: String, id: String?, vocab: Int, limits: StreamLimits, force: Bool,
    to target: String?
  ) throws {
    let file = try InputFile(path, force: force)
    let rate = FrameRate(25)
    let longest = limits.seconds * rate.numerator
    let bytes = try file.readAll(limit: longest * 3 * 8 + 4096)
    let array: NumPyTokens
    do {
      array = try NumPyTokens(parsing: bytes, vocab: vocab, frames: longest)
    } catch {
      throw ToolFailure(error.status, "\(printable(file.name)): \(error)")
    }
    let header = SongHeader(
      kind: .tokens, id: id ?? self.id(of: file.name), maxSkew: step,
      tracks: names.map { Track(name: $0, type: .u16, shape: [1], rate: rate, vocab: vocab) },
      history: [HistoryEntry(tool: "sg-inspect", version: Version.string)])
    let output = try OutputFile(target, force: force)
    let writer = output.songs(limits: limits)
    try writer.begin(header)
    for start in stride(from: 0, to: array.rows[0].count, by: step) {
      for (track, row) in array.rows.enumerated() {
        try writer.write(track: track, tokens: Array(row[start...].prefix(step)))
      }
    }
    try writer.end(stop: .end)
    try writer.close()
    try output.commit()
  }

  /// Frames per record.
  private static let step = 250

  /// A song's id after a file: its name without directory and extension.
  private static func id(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let stem = name.hasSuffix(".npy") ? String(name.dropLast(4)) : name
    let printed = printable(stem, limit: 32)
    return printed.isEmpty || printed.utf8.count > StreamLimits().id ? "tokens" : printed
  }
}
