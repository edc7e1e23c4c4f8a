import Diagnostics
import LeLM
import SongStream
import ToolSupport

/// The prompt tracks of a song: tokens of a reference recording, and its latents if it has them.
struct PromptTracks {
  /// Names of the token tracks, in the order of the codebooks.
  static let names = ["prompt.mixed", "prompt.vocal", "prompt.accompaniment"]
  /// The most bytes of one prompt, which is held in memory: hours of tokens, minutes of latents.
  private static let limit = 1 << 24

  var tracks: [Track] = []
  /// The frames of each track, as on the wire.
  var bytes: [[UInt8]] = []

  init(_ header: SongHeader) {
    tracks = header.tracks.filter(\.isPrompt)
    bytes = tracks.map { _ in [] }
  }

  /// Takes frames of a prompt track; others are none of its business.
  ///
  /// - Throws: ``ToolFailure`` (65) when the prompt becomes too large.
  mutating func take(_ block: FrameBlock, of header: SongHeader) throws {
    guard let index = tracks.firstIndex(where: { $0.name == header.tracks[block.track].name })
    else { return }
    guard bytes.reduce(block.bytes.count, { $0 + $1.count }) <= Self.limit else {
      throw ToolFailure(.data, "the prompt has more than \(Self.limit) bytes; give a shorter one")
    }
    bytes[index] += block.bytes
  }

  /// Writes the tracks, the first as track `first`, in turn: none runs ahead of another by more than
  /// `skew` frames.
  func write(to writer: SongWriter, first: Int, skew: Int) throws {
    let sizes = tracks.map(\.frameBytes)
    let frames = zip(bytes, sizes).map { $0.count / $1 }.max() ?? 0
    for start in stride(from: 0, to: frames, by: skew) {
      for (index, size) in sizes.enumerated() where start * size < bytes[index].count {
        let part = bytes[index][(start * size)...].prefix(skew * size)
        try writer.write(track: first + index, bytes: Array(part))
      }
    }
  }

  /// The tokens [3][frames], nil if the song has none.
  func tokens() throws -> PromptTokens? {
    let found = Self.names.compactMap { name in tracks.firstIndex { $0.name == name } }
    if found.isEmpty { return nil }
    guard found.count == 3,
      found.allSatisfy({ tracks[$0].type == .u16 && tracks[$0].elements == 1 })
    else {
      throw ToolFailure(
        .data, "a prompt needs three u16 token tracks: \(Self.names.joined(separator: ", "))")
    }
    let rows = found.map { index in
      FrameBlock(track: 0, position: 0, count: bytes[index].count / 2, bytes: bytes[index])
        .tokens().map(Int32.init)
    }
    return try PromptTokens(rows: rows)
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
