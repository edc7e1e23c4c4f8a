import Diagnostics
import MusicCodec
import Neural
import Weights

extension EncoderCase {
  /// `RATE_RATE.kernel…`, `.CASE.in` to `.out` (the reference's module) and `.out_functional`.
  func resampling() throws {
    for rates in Set(tensors.names.map { String($0.prefix { $0 != "." }) }).sorted() {
      let hertz = rates.split(separator: "_").compactMap { Int($0) }
      guard hertz.count == 2 else { continue }
      for (arithmetic, ending) in [
        (SincKernel.Arithmetic.module, ""), (.function, "_functional"),
      ] {
        let kernel = try SincKernel(from: hertz[0], to: hertz[1], arithmetic: arithmetic)
        for part in stems(".in") where part.hasPrefix(rates + ".") {
          for (x, y) in zip(try items("\(part).in"), try items("\(part).out\(ending)")) {
            compare(
              "\(part)\(ending)", SincResampler.convert(x, kernel, channels: 1), y, 2e-7)
          }
        }
      }
      let name = "\(rates).kernel"
      guard tensors.view(name) != nil else { continue }
      let stored = try SincKernel(
        from: hertz[0], to: hertz[1], stored: tensors.array(name))
      for part in stems(".in") where part.hasPrefix(rates + ".") {
        for (x, y) in zip(try items("\(part).in"), try items("\(part).out")) {
          compare(
            "\(part), stored kernel", SincResampler.convert(x, stored, channels: 1), y, 2e-7)
        }
      }
    }
  }

  /// `CASE.wave` at 24 kHz to `CASE.normalised`, with the file's window and filters, and with ours.
  func mel() throws {
    let source = MelSource(weights: try models.mixed, mel: tensors)
    for (encoder, what) in [
      (try FeatureEncoder(source, layers: 1), ""),
      (try FeatureEncoder(models.mixed, layers: 1), ", own filters"),
    ] {
      for part in stems(".wave") {
        for (wave, reference) in zip(try items("\(part).wave"), try rows("\(part).normalised")) {
          let ours = Array(encoder.melFrames(wave, pool: pool))
          guard part == "tone" else {
            compare("\(part).normalised\(what)", ours, reference, 2e-5)
            continue
          }
          // Far below the peak another transform has other rounding errors.
          let floor = (reference.max() ?? 0) - 80 / 18.417922652295623
          let loud = reference.indices.filter { reference[$0] > floor }
          compare(
            "\(part).normalised\(what)", loud.map { ours[$0] }, loud.map { reference[$0] }, 1e-4)
        }
      }
    }
  }

  /// `PART.in` [128, T] to `PART.out`.
  func subsampling() throws {
    let encoder = try FeatureEncoder(models.mixed, layers: 1)
    for part in ["", "odd41.", "odd42.", "odd43."] where tensors.view(part + "in") != nil {
      for (mel, reference) in zip(try rows(part + "in"), try items(part + "out")) {
        compare(part + "out", encoder.subsample(mel, pool: pool), reference, 1e-5)
      }
    }
  }

  /// `in` to `hidden_states.N`; the last of them lies behind a norm that codes do not see.
  func conformer() throws {
    let layers = stems("").count { $0.hasPrefix("hidden_states.") } - 2
    let encoder = try FeatureEncoder(models.mixed, layers: layers)
    for (index, input) in try items("in").enumerated() {
      let hidden = FloatBuffer(input)
      var states: [Int: [Float]] = [:]
      encoder.run(hidden, layers: layers, pool: pool) { layer, state in
        states[layer] = Array(UnsafeBufferPointer(start: state, count: input.count))
      }
      for layer in 1...max(1, layers) {
        let name = "hidden_states.\(layer)"
        compare("\(name) [\(index)]", states[layer] ?? [], try items(name)[index], 2e-5)
      }
    }
  }

  /// `FILE.KEY.z` to codes and back.
  func quantisers() throws {
    for part in stems(".z") {
      let dot = part.firstIndex(of: ".") ?? part.startIndex
      guard let source = part.hasPrefix("mixed.") ? try models.mixed : try models.separate else {
        continue
      }
      let key = "\(part[part.index(after: dot)...]).quantizers.0"
      let quantiser = try VectorQuantiser(source, key)
      let search = try CodeSearch(source, key, quantiser)
      let codes = try tensors.integers("\(part).codes")
      let margins = try items("\(part).margin")
      for (index, features) in try rows("\(part).z").enumerated() {
        let count = codes.count / margins.count
        let reference = Array(codes[index * count..<(index + 1) * count])
        let what = "\(part) [\(index)]"
        let ours = search.codes(features, pool: pool)
        compare("\(what) codes", codes: ours, reference, margin: margins[index])
        compare(
          "\(what) latents", search.project(features), try rows("\(part).latents")[index], 2e-5)
        let known = reference.map { UInt16(clamping: $0) }
        compare(
          "\(what) z_q", numbers(try quantiser.look(up: known)), try rows("\(part).z_q")[index],
          2e-5)
        compare(
          "\(what) from_codes_latent", numbers(try quantiser.rows(known)),
          try rows("\(part).from_codes_latent")[index], 1e-6)
      }
    }
  }
}

/// Weights, and the mel window and filters of another file.
private struct MelSource: TensorSource {
  let weights: TensorFile
  let mel: TensorFile

  var title: String { weights.title }

  private func own(_ name: String) -> String? {
    ["window", "fb"].first { name.hasPrefix("bestrq.model.preprocessor") && name.hasSuffix($0) }
  }

  func shape(of name: String) -> [Int]? {
    own(name).map { mel.shape(of: $0) } ?? weights.shape(of: name)
  }

  func tensor(_ name: String, shape: [Int]) throws(WeightsFailure) -> FloatTensor {
    guard let own = own(name) else { return try weights.tensor(name, shape: shape) }
    return try mel.tensor(own, shape: shape)
  }
}
