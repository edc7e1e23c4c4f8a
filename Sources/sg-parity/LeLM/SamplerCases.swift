import LeLM
import Neural
import Weights

// swift-format-ignore: AlwaysUseLowerCamelCase
private struct SamplerRun: Decodable {
  var name: String
  var request: String
  var cfg_coef: Double
  var record_tokens: Bool
}

/// `NAME.stepN.*` tensors: guidance, penalty, ban, argmax and top-k probabilities of single steps.
func samplerCases(
  _ folder: String, _ tensors: TensorFile, _ set: LanguageModelSet, _ report: ParityReport
) throws {
  let conditions = try set.files.tensors("conditions.safetensors")
  let requests = try set.requests()
  for run in try set.files.decode([SamplerRun].self, from: "generate.json") {
    guard let request = requests.first(where: { $0.id == run.request }) else { continue }
    let banned = try set.prompt(request, conditions).map { Set($0.rows[0]) } ?? []
    let options = SamplingOptions(guidance: run.cfg_coef, penalty: run.record_tokens)
    for step in steps(of: run.name, in: tensors) {
      try samplerStep(
        "\(folder)/sampler \(step)", tensors, step, options, banned: banned, report)
    }
  }
}

/// The steps `NAME.stepN` that a file has tensors of, by number.
func steps(of run: String, in tensors: TensorFile) -> [String] {
  let numbers = tensors.names.compactMap { name -> Int? in
    guard name.hasPrefix(run + ".step"), name.hasSuffix(".logits2") else { return nil }
    return Int(name.dropFirst(run.count + 5).dropLast(8))
  }
  return numbers.sorted().map { "\(run).step\($0)" }
}

/// One step: two rows of logits and the penalty window to what is chosen.
func samplerStep(
  _ name: String, _ tensors: TensorFile, _ step: String, _ options: SamplingOptions,
  banned: Set<Int32>, _ report: ParityReport
) throws {
  let both = try tensors.floats("\(step).logits2")
  let classes = both.count / 6
  let pool = try rows(tensors, "\(step).pool")
  let argmax = try tensors.integers("\(step).argmax")
  let sampler = Sampler(options: options, banned: banned, uniforms: .given([]))
  for codebook in 0..<3 {
    let pair = FloatBuffer(count: 2 * classes)
    for row in 0..<2 {
      for i in 0..<classes {
        pair[row * classes + i] = both[(row * 3 + codebook) * classes + i]
      }
    }
    let logits = sampler.adjusted(pair, codebook: codebook, history: pool[codebook])
    let post =
      tensors.view("\(step).post") != nil
      ? Array(
        try tensors.floats("\(step).post")[
          codebook * classes..<(codebook + 1) * classes])
      : codebook == 0 && tensors.view("\(step).post_q0") != nil
        ? Array(try tensors.floats("\(step).post_q0")) : nil
    if let post {
      report(
        ParityCase(
          name: "\(name).post[\(codebook)]", difference: relative(logits.values, post),
          tolerance: 1e-6))
    }
    report(
      ParityCase(
        name: "\(name).argmax[\(codebook)]", tolerance: 0,
        wrong: Int(logits.argmax) == argmax[codebook] ? 0 : 1))
    guard codebook == 0 else { continue }
    for key in tensors.names where key.hasPrefix("\(step).probs") {
      guard let (k, temperature) = topKAndTemperature(key) else { continue }
      var distribution = TokenDistribution(logits, temperature: temperature)
      distribution.keepTop(k)
      var ours = [Float](repeating: 0, count: classes)
      for entry in distribution.entries { ours[Int(entry.token)] = Float(entry.probability) }
      report(
        ParityCase(
          name: "\(name)" + key.dropFirst(step.count),
          difference: Comparison.difference(ours, try tensors.floats(key)),
          tolerance: 1e-6))
    }
  }
}

/// `..._k50_t0.9` as (50, 0.9).
private func topKAndTemperature(_ key: String) -> (Int, Double)? {
  let parts = key.split(separator: "_")
  guard let k = parts.first(where: { $0.hasPrefix("k") }).flatMap({ Int($0.dropFirst()) }),
    let t = parts.last(where: { $0.hasPrefix("t") }).flatMap({ Double($0.dropFirst()) })
  else { return nil }
  return (k, t)
}

/// The largest |a - b| / max(1, |b|).
private func relative(_ a: [Float], _ b: [Float]) -> Double {
  guard a.count == b.count else { return .infinity }
  return Comparison.difference(
    zip(a, b).map { $0 == $1 ? 0 : ($0 - $1) / max(1, abs($1)) }, a.map { _ in 0 })
}
