import AudioIO
import Diagnostics
import Glibc
import Lyrics
import SongEvaluation
import ToolSupport

/// A song in an audio file, with its stems if they lie beside it as `sg-mix --keep-stems` leaves them.
struct FileSong {
  let path: String
  let settings: EvaluationSettings

  private static let block = 8192

  /// - Parameter tell: Told how many seconds are done.
  func evaluate(_ tell: (Double) -> Void) throws -> Evaluated {
    let reader = try AudioReader(path: path)
    let vocal = try stem("vocal", reader.sampleRate)
    let accompaniment = try stem("accompaniment", reader.sampleRate)
    let evaluation = try SoundEvaluation(
      sampleRate: reader.sampleRate, channels: reader.channels, vocal: vocal?.channels,
      accompaniment: accompaniment?.channels, settings: settings)
    // A block of each in turn, so that none has to wait long for another.
    typealias Taking = (UnsafeBufferPointer<Float>) throws -> Void
    var readers: [(AudioReader, Taking)] = [(reader, evaluation.take(programme:))]
    if let vocal { readers.append((vocal, evaluation.take(vocal:))) }
    if let accompaniment { readers.append((accompaniment, evaluation.take(accompaniment:))) }
    while !readers.isEmpty {
      for index in readers.indices.reversed() {
        if try pass(readers[index].0, readers[index].1) == 0 { readers.remove(at: index) }
      }
      tell(evaluation.seconds)
    }
    return try evaluation.finish(
      id: SongName.from(path: path), source: path, header: nil, stop: nil, sections: nil,
      ordinals: nil)
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

  /// The stem beside the song; one at another rate, or of more than two channels, is left out.
  private func stem(_ name: String, _ rate: Int) throws -> AudioReader? {
    let base = Self.base(path)
    for kind in AudioFolder.extensions {
      let place = "\(base).\(name).\(kind)"
      guard place != path, access(place, F_OK) == 0 else { continue }
      let reader = try AudioReader(path: place)
      guard reader.sampleRate == rate, reader.channels <= 2 else {
        settings.console.warning(
          "'\(printable(place))' is left out: \(reader.channels) channels at "
            + "\(reader.sampleRate) Hz do not go with \(rate) Hz")
        continue
      }
      return reader
    }
    return nil
  }

  /// `path` up to the last dot of its last part.
  static func base(_ path: String) -> String {
    guard let dot = path.lastIndex(of: "."), !path[dot...].contains("/") else { return path }
    return String(path[..<dot])
  }
}
