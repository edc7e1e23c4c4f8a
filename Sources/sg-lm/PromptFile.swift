import Diagnostics
import LeLM
import SongStream
import TokenEditing
import ToolSupport

extension PromptTracks {
  /// The tokens that condition a song, nil if the song has none.
  func tokens() throws -> PromptTokens? {
    try rows().map { try PromptTokens(rows: $0.map { $0.map(Int32.init) }) }
  }
}

/// `--prompt`: a stream with one encoded reference.
enum PromptFile {
  /// Reads the first song's prompt tracks.
  static func read(
    _ path: String, force: Bool, limits: StreamLimits
  ) throws -> PromptTracks {
    let reader = try InputFile(path, force: force).songs(limits: limits)
    var result: PromptTracks?
    var current: SongHeader?
    while let event = try reader.next() {
      switch event {
      case .song(let header):
        guard result == nil else {
          throw ToolFailure(.data, "'\(path)' has more than one song; give one reference")
        }
        current = header
        result = PromptTracks(header)
      case .frames(let block):
        if let current { try result?.take(block, of: current) }
      case .failed(let abort): throw SongAborted(abort: abort)
      case .end, .closed: break
      }
    }
    guard let result, try result.tokens() != nil else {
      throw ToolFailure(.data, "'\(path)' has no prompt tokens; make it with sg-encode")
    }
    return result
  }
}
