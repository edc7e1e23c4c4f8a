import AudioIO
import Diagnostics
import Pictures
import SongStream
import ToolSupport

/// Pictures of a song of a stream, or of an audio file.
struct Drawing {
  let input: SongInput
  let force: Bool

  func run(_ path: String?, to target: String) throws {
    let file = try InputFile(path, force: force)
    let opened = try OpenedInput(file)
    let canvas =
      opened.isStream
      ? try draw(stream: opened.songs(limits: input.limits), name: file.name)
      : try draw(audio: opened.audio(), name: file.name)
    let output = try OutputFile(target, force: force)
    let bytes = try canvas.png()
    try bytes.withUnsafeBytes { try output.write($0) }
    try output.commit()
  }

  private func draw(audio: AudioReader, name: String) throws -> Canvas {
    if input.number != nil {
      throw ToolFailure(.usage, "'\(printable(name))' is audio; '--song' is for streams")
    }
    var sketch = try SoundSketch(rate: Double(audio.sampleRate), channels: audio.channels)
    let block = UnsafeMutableBufferPointer<Float>.allocate(capacity: 8192 * audio.channels)
    defer { block.deallocate() }
    while true {
      let count = try audio.read(into: block)
      if count == 0 { break }
      sketch.add(UnsafeBufferPointer(rebasing: block[..<(count * audio.channels)]))
      guard sketch.seconds <= Double(input.limits.seconds) else {
        throw ToolFailure(
          .data,
          "'\(printable(name))' is longer than \(input.limits.seconds) s (see --max-seconds)")
      }
    }
    sketch.finish()
    let title = name.split(separator: "/").last.map(String.init) ?? name
    return try SoundPicture(
      title: printable(title), caption: sketch.text, panels: [("", sketch)]
    ).draw()
  }

  private func draw(stream reader: SongReader, name: String) throws -> Canvas {
    var header: SongHeader?
    var rows: TokenRows?
    var sketches: [Int: SoundSketch] = [:]
    let stop = try input.readOne(
      reader, name: name,
      begin: { song in
        header = song
        if song.kind == .pcm {
          sketches = try Self.sketches(song)
        } else {
          rows = try TokenRows(song)
        }
      },
      frames: { block in
        try rows?.add(block)
        let samples = sketches[block.track] == nil ? [] : block.floats()
        samples.withUnsafeBufferPointer { sketches[block.track]?.add($0) }
      })
    guard let header else { throw PictureFailure.empty }
    let title = "\(printable(header.id, limit: 60))  \(header.kind.rawValue)"
    if let rows {
      return try picture(of: rows, header, title: title, stop: stop).draw()
    }
    var panels: [(name: String, sketch: SoundSketch)] = []
    for (track, sketch) in sketches.sorted(by: { $0.key < $1.key }) {
      var sketch = sketch
      sketch.finish()
      panels.append((header.tracks[track].name, sketch))
    }
    let text = panels.first.map { $0.sketch.text } ?? ""
    return try SoundPicture(
      title: title, caption: ([text] + facts(header)).joined(separator: ", "), panels: panels
    ).draw()
  }

  /// A sketch for each track of samples.
  private static func sketches(_ header: SongHeader) throws -> [Int: SoundSketch] {
    let stems = header.tracks.indices.filter { header.tracks[$0].type == .f32 }
    guard stems.count <= SoundPicture.mostPanels else {
      throw PictureFailure.tooMany(rows: stems.count, limit: SoundPicture.mostPanels)
    }
    var sketches: [Int: SoundSketch] = [:]
    for index in stems {
      let track = header.tracks[index]
      let rate = Double(track.rate.numerator) / Double(track.rate.denominator)
      sketches[index] = try SoundSketch(rate: rate, channels: track.elements)
    }
    return sketches
  }

  private func picture(
    of rows: TokenRows, _ header: SongHeader, title: String, stop: StopReason
  ) -> TokenPicture {
    let frames = rows.tokens.map(\.count).max() ?? 0
    let seconds = rows.rate.seconds(UInt64(frames))
    var parts = ["\(minutes(seconds)), \(frames) frames, stop \(stop.rawValue)"] + facts(header)
    let sections = SectionLabels(header).labels
    if !sections.isEmpty {
      parts.append(
        "sections: " + sections.map { printable($0, limit: 32) }.joined(separator: " "))
    }
    return TokenPicture(
      title: title, caption: parts.joined(separator: ", "),
      rows: rows.names.indices.map {
        TokenPicture.Row(name: rows.names[$0], tokens: rows.tokens[$0], vocab: rows.vocab[$0])
      },
      rate: Double(rows.rate.numerator) / Double(rows.rate.denominator))
  }

  /// Seed and models, for a caption.
  private func facts(_ header: SongHeader) -> [String] {
    var facts = header.seed.map { ["seed \($0)"] } ?? []
    for model in header.models {
      facts.append("\(model.role) \(printable(model.name, limit: 40))")
    }
    return facts
  }
}

extension SoundSketch {
  /// Length, rate and channels, for a caption.
  fileprivate var text: String {
    let kind = channels == 1 ? "mono" : channels == 2 ? "stereo" : "\(channels) channels"
    return "\(minutes(seconds)), \(decimal(rate, places: 0)) Hz, \(kind)"
  }
}
