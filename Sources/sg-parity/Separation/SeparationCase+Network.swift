import Neural
import Separation
import Weights

extension SeparationCase {
  /// One segment with the first frames or tokens of every stage (`htdemucs_forward`).
  func forward() throws {
    let samples = FloatBuffer(try stereo("in"))
    let stems = Array(model.shape.stems.indices)
    var problem: (any Error)?
    let outputs = model.separate(samples.base, stems: stems, pool) { stage in
      do { try compare(stage) } catch { problem = error }
    }
    if let problem { throw problem }
    // All stems, or some by their names.
    for (stem, name) in model.shape.stems.enumerated() {
      if tensors.view("out") != nil {
        compare("out \(name)", numbers(outputs[stem]), try stereo("out", stem))
      } else if tensors.view("out.\(name)") != nil {
        compare("out \(name)", numbers(outputs[stem]), try stereo("out.\(name)"))
      }
    }
    guard tensors.view("ispec.out") != nil, tensors.view("short.out") != nil else { return }
    let spectrogram = Spectrogram(size: model.shape.fft, length: model.shape.segment)
    let back = spectrogram.synthesise(
      spectrogram.analyse(samples.base, pool), channel: 0, pool)
    compare("ispec.out", numbers(back), try stereo("ispec.out"))
    try short()
  }

  /// Less than a segment: silence follows.
  private func short() throws {
    let frames = try tensors.require("short.out").shape.last ?? 0
    let samples = FloatBuffer(count: model.shape.segment * 2)
    for (index, value) in try stereo("in").prefix(frames * 2).enumerated() {
      samples[index] = value
    }
    let stems = Array(model.shape.stems.indices)
    let outputs = model.separate(samples.base, stems: stems, pool)
    for stem in stems {
      compare(
        "short.out \(model.shape.stems[stem])", numbers(outputs[stem], frames * 2),
        try stereo("short.out", stem))
    }
  }

  private func compare(_ stage: HTDemucs.Stage) throws {
    switch stage {
    case .spectrogram(let plane):
      guard tensors.view("spec.ri") != nil else { return }
      // Reference: [2, bins, frames, 2], real and imaginary part last.
      let reference = try tensors.array("spec.ri")
      let frames = try tensors.require("spec.ri").shape[3]
      var ours: [Float] = []
      for channel in 0..<2 {
        for bin in 0..<plane.rows {
          for frame in 0..<frames {
            for part in 0..<2 {
              ours.append(plane.row(bin)[frame * 4 + 2 * channel + part])
            }
          }
        }
      }
      compare("spec.ri", ours, reference)
    case .encoder(let index, let frequency, let time):
      try compare("tap.encoder.\(index)", frequency)
      try compare("tap.tencoder.\(index)", time)
    case .transformer(let index, let frequency, let time):
      try compare("tap.xf.\(index)", frequency, rows: lastRows)
      try compare("tap.xt.\(index)", time, rows: 1)
      guard index == model.shape.layers - 1 else { break }
      try compareAll("tap.xf_out", frequency, rows: lastRows)
      try compareAll("tap.xt_out", time, rows: 1)
    case .decoder(let index, let frequency, let time):
      try compare("tap.decoder.\(index)", frequency)
      try compare("tap.tdecoder.\(index)", time)
    }
  }

  /// A tap [channels, rows, frames] or [channels, frames], the first frames.
  private func compare(_ name: String, _ plane: Plane) throws {
    guard tensors.view(name) != nil else { return }
    let frames = try tensors.require(name).shape.last ?? 0
    var ours: [Float] = []
    for channel in 0..<plane.channels {
      for row in 0..<plane.rows {
        for frame in 0..<frames { ours.append(plane.row(row)[frame * plane.channels + channel]) }
      }
    }
    compare(name, ours, try tensors.array(name))
  }

  /// A tap [width, rows, frames] or [width, frames] of all tokens, the first frames.
  private func compareAll(_ name: String, _ tokens: Tokens, rows: Int) throws {
    let shape = try tensors.require(name).shape
    let (width, count) = (shape[1], shape.last ?? 0)
    let frames = tokens.count / rows
    var ours: [Float] = []
    for index in 0..<width {
      for row in 0..<rows {
        for frame in 0..<count {
          ours.append(tokens.values[(row * frames + frame) * width + index])
        }
      }
    }
    compare(name, ours, try tensors.array(name))
  }

  /// Frequencies at the transformer.
  private var lastRows: Int { model.shape.rows(after: model.shape.depth) }

  /// A tap [tokens, width], the first tokens, which lie frame by frame.
  private func compare(_ name: String, _ tokens: Tokens, rows: Int) throws {
    let shape = try tensors.require(name).shape
    let (count, width) = (shape[1], shape[2])
    let frames = tokens.count / rows
    var ours: [Float] = []
    for token in 0..<count {
      let place = token % rows * frames + token / rows
      for index in 0..<width { ours.append(tokens.values[place * width + index]) }
    }
    compare(name, ours, try tensors.array(name))
  }
}
