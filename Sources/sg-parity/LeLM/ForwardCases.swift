import LeLM
import Neural
import Weights

// swift-format-ignore: AlwaysUseLowerCamelCase
private struct ForwardCase: Decodable {
  var request: String
  var act_positions: [Int]
  var stream_chunks: [Int]?
}

/// `forward.*`: logits and activations of one pass, and of the same columns in chunks.
func forwardCases(_ set: LanguageModelSet, _ report: ParityReport) throws {
  let tolerance = 2e-4
  let tensors = try set.files.tensors("forward.safetensors")
  let conditions = try set.files.tensors("conditions.safetensors")
  let requests = try set.requests()
  for item in try set.files.decode([ForwardCase].self, from: "forward.json") {
    guard let request = requests.first(where: { $0.id == item.request }) else { continue }
    let name = "\(set.files.name)/forward \(item.request)"
    let sequence = try rows(tensors, "\(item.request).sequence")
    let expected = try tensors.floats("\(item.request).logits")
    let prefixes = try set.model.prefixes(set.ids(request, conditions))
    let width = set.config.main.width
    var activations: [String: [Float]] = [:]

    let columns = sequence[0].count
    let whole = try logits(set, prefixes, sequence, chunks: [columns]) { module, values, _ in
      guard activations[module] == nil else { return }
      activations[module] = item.act_positions.flatMap { position in
        (0..<width).map { values[position * width + $0] }
      }
    }
    report(
      ParityCase(
        name: name + ".logits", difference: Comparison.difference(whole, expected),
        tolerance: tolerance))
    for (module, values) in activations.sorted(by: { $0.key < $1.key }) {
      let key = "\(item.request).act.\(module)"
      guard tensors.view(key) != nil else { continue }
      report(
        ParityCase(
          name: "\(name).act.\(module)",
          difference: Comparison.difference(values, try tensors.floats(key)),
          tolerance: tolerance))
    }
    if let chunks = item.stream_chunks {
      let pieces = try logits(set, prefixes, sequence, chunks: chunks, probe: nil)
      report(
        ParityCase(
          name: name + " in chunks",
          difference: Comparison.difference(pieces, expected), tolerance: tolerance))
    }
  }
}

/// Logits [2, 3, S, C + 1] of a sequence [3][S], fed in chunks of columns.
func logits(
  _ set: LanguageModelSet, _ prefixes: (mixed: FloatBuffer, dual: FloatBuffer),
  _ sequence: [[Int32]], chunks: [Int], probe: ActivationProbe?
) throws -> [Float] {
  let columns = sequence[0].count
  let classes = set.config.codeSize + 1
  let decoder = TrackDecoder(set.model, columns: columns, pool: set.pool)
  decoder.probe = probe
  var result = [Float](repeating: 0, count: 2 * 3 * columns * classes)
  var first = 0
  for chunk in chunks {
    let part = sequence.map { Array($0[first..<first + chunk]) }
    let skip = first == 0 ? set.config.prefixLength : 0
    let mixed = decoder.advanceMixed(
      prefix: first == 0 ? prefixes.mixed : nil, columns: part[0])
    let dual = decoder.advanceDual(
      prefix: first == 0 ? prefixes.dual : nil, columns: Array(part[1...]), mixed: mixed)
    for column in 0..<chunk {
      for codebook in 0..<3 {
        let values = decoder.logits(
          codebook: codebook, of: codebook == 0 ? mixed : dual, position: skip + column)
        for row in 0..<2 {
          let target = ((row * 3 + codebook) * columns + first + column) * classes
          for i in 0..<classes { result[target + i] = values[row * classes + i] }
        }
      }
    }
    first += chunk
  }
  return result
}
