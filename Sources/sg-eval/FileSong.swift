import AudioIO
import Diagnostics
import Glibc
import Lyrics
import Mixing
import SongEvaluation
import ToolSupport

/// A song in an audio file, with its stems if they lie beside it as `sg-mix --keep-stems` leaves them;
/// or the stems alone, added up, if `path` is the vocal and there is no song beside it.
struct FileSong {
  let path: String
  let settings: EvaluationSettings

  private static let block = 8192
  private static let vocalEnding = ".vocal"

  /// - Parameter tell: Told how many seconds are done.
  func evaluate(_ tell: (Double) -> Void) throws -> Evaluated {
    let reader = try AudioReader(path: path)
    let base = Self.base(path)
    let name = String(base.dropLast(Self.vocalEnding.count))
    if base.hasSuffix(Self.vocalEnding), Self.find(name) == nil, reader.channels <= 2,
      let accompaniment = try stem("accompaniment", of: name, reader.sampleRate)
    {
      return try evaluate(nil, vocal: reader, accompaniment, name: name, tell)
    }
    let vocal = try stem("vocal", of: base, reader.sampleRate)
    let accompaniment = try stem("accompaniment", of: base, reader.sampleRate)
    return try evaluate(reader, vocal: vocal, accompaniment, name: path, tell)
  }

  /// - Parameter song: Nil if it is the sum of its stems.
  private func evaluate(
    _ song: AudioReader?, vocal: AudioReader?, _ accompaniment: AudioReader?, name: String,
    _ tell: (Double) -> Void
  ) throws -> Evaluated {
    guard let rate = (song ?? vocal)?.sampleRate else {
      throw ToolFailure(.data, "there is no sound in it")
    }
    let evaluation = try SoundEvaluation(
      sampleRate: rate, channels: song?.channels ?? 2, vocal: vocal?.channels,
      accompaniment: accompaniment?.channels, settings: settings)
    let stems = [vocal, accompaniment].compactMap(\.self)
    var bus = try song == nil ? StemBus(stems.map { ("", $0.channels, StemSettings()) }) : nil
    func add(_ samples: UnsafeBufferPointer<Float>, stem: Int) throws {
      guard let sum = bus?.append(Array(samples), to: stem) else { return }
      try sum.withUnsafeBufferPointer { try evaluation.take(programme: $0) }
    }
    // A block of each in turn, so that none has to wait long for another.
    typealias Taking = (UnsafeBufferPointer<Float>) throws -> Void
    var readers: [(AudioReader, Taking)] = []
    if let song { readers.append((song, evaluation.take(programme:))) }
    if let vocal {
      readers.append(
        (
          vocal,
          {
            try evaluation.take(vocal: $0)
            try add($0, stem: 0)
          }
        ))
    }
    if let accompaniment {
      readers.append(
        (
          accompaniment,
          {
            evaluation.take(accompaniment: $0)
            try add($0, stem: stems.count - 1)
          }
        ))
    }
    while !readers.isEmpty {
      for index in readers.indices.reversed() {
        if try pass(readers[index].0, readers[index].1) == 0 { readers.remove(at: index) }
      }
      tell(evaluation.seconds)
    }
    if let rest = bus?.finish() {
      try rest.withUnsafeBufferPointer { try evaluation.take(programme: $0) }
    }
    return try evaluation.finish(
      id: song == nil ? SongName.from(path: name + ".") : SongName.from(path: name), source: path,
      header: nil, stop: nil, sections: nil, ordinals: nil)
  }

  private func pass(
    _ reader: AudioReader, _ take: (UnsafeBufferPointer<Float>) throws -> Void
  ) throws -> Int {
    let block = UnsafeMutableBufferPointer<Float>.allocate(
      capacity: Self.block * reader.channels)
    defer { block.deallocate() }
    let count = try reader.read(into: block)
    try take(UnsafeBufferPointer(rebasing: block[..<(count * reader.channels)]))
    return count
  }

  /// The stem `base.name`; one at another rate, or of more than two channels, is left out.
  private func stem(_ name: String, of base: String, _ rate: Int) throws -> AudioReader? {
    guard let place = Self.find("\(base).\(name)"), place != path else { return nil }
    let reader = try AudioReader(path: place)
    guard reader.sampleRate == rate, reader.channels <= 2 else {
      settings.console.warning(
        "'\(printable(place))' is left out: \(reader.channels) channels at "
          + "\(reader.sampleRate) Hz do not go with \(rate) Hz")
      return nil
    }
    return reader
  }

  /// The first audio file of that name with an extension.
  private static func find(_ base: String) -> String? {
    AudioFolder.extensions.lazy.map { "\(base).\($0)" }.first { access($0, F_OK) == 0 }
  }

  /// `path` up to the last dot of its last part.
  static func base(_ path: String) -> String {
    guard let dot = path.lastIndex(of: "."), !path[dot...].contains("/") else { return path }
    return String(path[..<dot])
  }
}
