import SongStream
import ToolSupport

/// Tokens as tab-separated text: frame, seconds, and a column per row of tokens. A line is written
/// as soon as all its tokens are known.
struct TokenTable {
  func run(_ input: SongInput, _ path: String?) throws {
    let file = try InputFile(path, force: input.force)
    let output = StandardOutput()
    var rows: TokenRows?
    var written = 0
    func write(to end: Int) throws {
      guard let rows, written < end else { return }
      var text = ""
      for frame in written..<end {
        let seconds = decimal(rows.rate.seconds(UInt64(frame)), places: 3)
        let cells = rows.tokens.map { frame < $0.count ? "\($0[frame])" : "" }
        text += (["\(frame)", seconds] + cells).joined(separator: "\t") + "\n"
      }
      try output.text(text)
      written = end
    }
    _ = try input.readOne(
      file.songs(limits: input.limits), name: file.name,
      begin: { header in
        let found = try TokenRows(header)
        rows = found
        try output.line((["frame", "seconds"] + found.names).joined(separator: "\t"))
      },
      frames: { block in
        try rows?.add(block)
        try write(to: rows?.tokens.map(\.count).min() ?? 0)
      })
    try write(to: rows?.tokens.map(\.count).max() ?? 0)
  }
}
