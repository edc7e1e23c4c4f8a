import Diagnostics
import MusicCodec
import SongStream
import ToolSupport

/// The tracks of a token song that the codec reads.
struct TokenInputs {
  private let vocal: Int
  private let accompaniment: Int
  /// Frames per second of the tokens.
  let rate: FrameRate

  /// - Throws: ``ToolFailure`` (65) if the song is not one of tokens, or lacks a row.
  init(_ header: SongHeader) throws {
    guard header.kind == .tokens else {
      throw ToolFailure(
        .data, "a \(header.kind.rawValue) song where tokens belong (sg-lm makes them)")
    }
    guard let vocal = header.track("vocal"), let accompaniment = header.track("accompaniment")
    else {
      throw ToolFailure(.data, "the song lacks the tracks 'vocal' and 'accompaniment'")
    }
    for index in [vocal, accompaniment] {
      let track = header.tracks[index]
      guard track.type == .u16, track.elements == 1 else {
        throw ToolFailure(.data, "track '\(track.name)' does not hold u16 tokens")
      }
    }
    self.vocal = vocal
    self.accompaniment = accompaniment
    rate = header.tracks[vocal].rate
    guard header.tracks[accompaniment].rate == rate else {
      throw ToolFailure(.data, "the tracks 'vocal' and 'accompaniment' differ in frame rate")
    }
  }

  var framesPerSecond: Double { Double(rate.numerator) / Double(rate.denominator) }

  /// The code row of a track, nil for tracks that the codec does not read (the mixed one).
  func row(of track: Int) -> SongDecoder.Row? {
    switch track {
    case vocal: .vocal
    case accompaniment: .accompaniment
    default: nil
    }
  }
}

/// The prompt tracks of a song: they seed the first window if latents are among them.
struct PromptInputs {
  private let names = ["prompt.vocal", "prompt.accompaniment", "prompt.latents"]
  /// The most bytes of one prompt, which is held in memory.
  private static let limit = 1 << 24
  private let header: SongHeader
  private var blocks: [[FrameBlock]] = [[], [], []]
  private var size = 0

  init(_ header: SongHeader) {
    self.header = header
  }

  /// Keeps frames of a prompt track; false for any other track.
  ///
  /// - Throws: ``ToolFailure`` (65) when the prompt becomes too large.
  mutating func take(_ block: FrameBlock) throws -> Bool {
    let track = header.tracks[block.track]
    guard track.isPrompt else { return false }
    guard let index = names.firstIndex(of: track.name) else { return true }
    size += block.bytes.count
    guard size <= Self.limit else {
      throw ToolFailure(.data, "the prompt has more than \(Self.limit) bytes; give a shorter one")
    }
    blocks[index].append(block)
    return true
  }

  /// The prompt, nil without latents: codes alone do not seed a window.
  func prompt() throws -> SongDecoder.Prompt? {
    guard !blocks[2].isEmpty else { return nil }
    for (name, type) in zip(names, [ElementType.u16, .u16, .f32]) {
      guard let index = header.track(name), header.tracks[index].type == type else {
        throw ToolFailure(
          .data,
          "prompt latents need the tracks prompt.vocal and prompt.accompaniment (u16) "
            + "beside prompt.latents (f32)")
      }
    }
    return SongDecoder.Prompt(
      vocal: blocks[0].flatMap { $0.tokens() }, accompaniment: blocks[1].flatMap { $0.tokens() },
      latents: blocks[2].flatMap { $0.floats() })
  }
}
