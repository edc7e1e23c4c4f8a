import Diagnostics
public import LeLM
import Lyrics
public import SongStream
import TextTokens

/// Reads songs of tokens to learn from.
public struct SongCollection: Sendable {
  /// Why a song of a stream was left out.
  public struct Omission: Sendable {
    public let song: String
    public let reason: String
  }

  /// Label tracks of a stream, which sg-train corpus writes.
  static let labelTracks = ["label.ordinal", "label.section"]
  static let tokenTracks = ["mixed", "vocal", "accompaniment"]

  private let wording: RequestWording
  private let config: LeLMConfig
  private let text: SongText
  public private(set) var songs: [TrainingSong] = []
  public private(set) var omissions: [Omission] = []

  public init(_ config: LeLMConfig, wording: RequestWording, text: SongText) {
    self.config = config
    self.wording = wording
    self.text = text
  }

  /// Adds the songs of a stream.
  ///
  /// Songs that the model cannot read are left out and told in `omissions`.
  /// - Throws: `StreamFailure` when the stream is damaged.
  public mutating func read(_ reader: SongReader) throws {
    var open: (header: SongHeader, rows: [Int: [UInt16]])?
    while let event = try reader.next() {
      switch event {
      case .song(let header):
        open = (header, [:])
      case .frames(let block):
        guard let header = open?.header else { continue }
        let track = header.tracks[block.track]
        if Self.tokenTracks.contains(track.name) || Self.labelTracks.contains(track.name),
          track.type == .u16, track.shape == [1]
        {
          open?.rows[block.track, default: []] += block.tokens()
        }
      case .end:
        if let (header, rows) = open {
          do throws(TrainingFailure) {
            songs.append(try song(header, rows))
          } catch {
            omissions.append(Omission(song: header.id, reason: error.description))
          }
        }
        open = nil
      case .failed(let abort):
        omissions.append(Omission(song: open?.header.id ?? "", reason: abort.message))
        open = nil
      case .closed:
        open = nil
      }
    }
  }

  private func song(
    _ header: SongHeader, _ rows: [Int: [UInt16]]
  ) throws(TrainingFailure) -> TrainingSong {
    func row(_ name: String) -> [UInt16]? { header.track(name).flatMap { rows[$0] } }
    let found = Self.tokenTracks.compactMap(row)
    guard found.count == 3 else {
      throw TrainingFailure(.data, "it lacks one of the rows mixed, vocal and accompaniment")
    }
    // The mixed row may run on behind the end of the dual tracks.
    let frames = found.map(\.count).min() ?? 0
    guard frames > 0, frames <= config.maxFrames else {
      throw TrainingFailure(
        .data, "it has \(frames) frames; the model takes 1 to \(config.maxFrames)")
    }
    let tokens = found.map { Array($0.prefix(frames)) }
    guard tokens.joined().allSatisfy({ Int($0) < config.codeSize }) else {
      throw TrainingFailure(.data, "a token is beyond the \(config.codeSize) codes of the model")
    }
    guard let json = header.request else {
      throw TrainingFailure(.data, "it has no request")
    }
    let request: Request
    do { request = try Request(json: json) } catch {
      throw TrainingFailure(.data, error.description)
    }
    let worded = wording.text(
      lyrics: request.lyrics, description: request.description,
      accompanimentOnly: request.isInstrumental
    ).text
    let tags = (worded.style ?? "").split(separator: ",").map { tag in
      String(tag.drop { $0 == " " })
    }
    var labels: FrameLabels?
    if let ordinals = row("label.ordinal"), let sections = row("label.section"),
      ordinals.count >= frames, sections.count >= frames
    {
      labels = FrameLabels(
        ordinals: Array(ordinals.prefix(frames)), sections: Array(sections.prefix(frames)))
    }
    let song = TrainingSong(
      id: header.id, tokens: tokens, lyrics: worded.lyrics ?? "", tags: tags, labels: labels,
      pair: PairMember(header.extra["preference"]))
    guard text.fits(song) else {
      throw TrainingFailure(
        .data, "its lyrics are longer than the \(config.lyricsLength) tokens that the model reads")
    }
    return song
  }
}

extension PairMember {
  /// What sg-train prefer writes: `{"pair":"…","role":"win"}`.
  init?(_ json: JSONValue?) {
    guard let pair = json?["pair"]?.string, let role = json?["role"]?.string else { return nil }
    self.init(pair: pair, wins: role == "win")
  }
}
