import DefaultModel
import Glibc
import LeLM
import Neural
import Weights

/// How far the language model's fast ways of computing are from f32, column by column, all of them reading
/// the tokens that f32 draws.
struct LanguageModelQuality {
  /// A way of computing, and what it did.
  fileprivate struct Variant {
    let name: String
    let decoder: TrackDecoder
    var error = 0.0
    var power = 0.0
    var largest = 0.0
    var agreed = [0, 0, 0]
    var divergence = 0.0
  }

  /// Prints a line for each way: the error of the logits after guidance as a share of their own root mean
  /// square, its maximum, how often the likeliest token is the same, and the mean Kullback-Leibler
  /// divergence of the distributions that tokens are drawn from.
  ///
  /// - Parameters:
  ///   - path: a model; `nil` for the embedded one and for random weights of official
  ///     width with `layers` layers in each transformer.
  static func report(
    model path: String?, columns: Int, layers: Int, pool: ThreadPool, to report: BenchReport
  ) throws {
    if let path {
      try compare(open(ModelDirectory(path: path)), "model", columns, pool, report)
      return
    }
    try compare(open(DefaultModel.directory()), "embedded model", columns, pool, report)
    var config = LanguageModelSize.base.config
    config.main.layers = layers
    config.sub.layers = layers
    try compare(
      randomLanguageModel(config, packed: nil, bell: true),
      "random weights, \(layers) + \(layers) layers", columns, pool, report)
  }

  private static func open(_ directory: ModelDirectory) throws -> LanguageModel {
    try LanguageModel(directory.tensors(.lm), config: LeLMConfig(directory.config))
  }

  private static func compare(
    _ model: LanguageModel, _ name: String, _ columns: Int, _ pool: ThreadPool,
    _ report: BenchReport
  ) throws {
    let columns = min(columns, model.config.maxFrames)
    func decoder(_ model: LanguageModel, _ arithmetic: Arithmetic) -> TrackDecoder {
      TrackDecoder(model, columns: columns + 1, arithmetic: arithmetic, pool: pool)
    }
    let exact = decoder(model, .exact)
    // What is packed already can only be computed in other ways.
    var variants = (model.isPacked ? computed(model) : repacked(model, pool))
      .map { Variant(name: $0.name, decoder: decoder($0.model, $0.arithmetic)) }
    let ids = anyConditions(model.config)
    let prefixes = try model.prefixes(ids)
    for decoder in [exact] + variants.map(\.decoder) {
      let mixed = decoder.readMixedPrefix(prefixes.mixed, ids: ids, store: nil)
      decoder.readDualPrefix(prefixes.dual, mixed: mixed, store: nil)
    }
    let options = SamplingOptions()
    let sampler = Sampler(options: options, banned: [], uniforms: .seed(1))
    var history: [[Int32]] = [[], [], []]
    var tokens = [Int32](repeating: model.config.specialToken, count: 3)
    for column in 1...columns {
      let truth = logits(exact, tokens, sampler, history)
      for index in variants.indices {
        let ours = logits(variants[index].decoder, tokens, sampler, history)
        for codebook in 0..<3 { variants[index].add(truth[codebook], ours[codebook], codebook) }
      }
      for codebook in 0..<3 {
        // The end is not taken, so that there are as many columns as were asked for.
        var open = truth[codebook]
        open.values[Int(model.config.endToken)] = -.infinity
        tokens[codebook] = sampler.choose(open, codebook: codebook, column: column)
        history[codebook].append(tokens[codebook])
      }
    }
    for variant in variants {
      try report.text("quality of LM, \(name), \(columns) columns, \(variant.line(columns))")
    }
  }

  private typealias Way = (name: String, model: LanguageModel, arithmetic: Arithmetic)

  /// The ways to compute with packed weights.
  private static func computed(_ model: LanguageModel) -> [Way] {
    [
      (
        "packed weights, f32 activations, int8 cache", model,
        Arithmetic(exactProducts: true, exactCache: false)
      ),
      (
        "packed weights, int8 activations, f32 cache", model,
        Arithmetic(exactProducts: false, exactCache: true)
      ),
      ("packed weights, all of it", model, .fast),
    ]
  }

  /// The ways to store and compute that plain weights leave open.
  private static func repacked(_ model: LanguageModel, _ pool: ThreadPool) -> [Way] {
    let (q8, q4) = (model.packing(.q8, pool: pool), model.packing(.q4, pool: pool))
    return [
      ("plain weights, int8 cache", model, Arithmetic(exactProducts: true, exactCache: false)),
      ("q8 weights, f32 activations and cache", q8, .exact),
      (
        "q8 weights, int8 activations, f32 cache", q8,
        Arithmetic(exactProducts: false, exactCache: true)
      ),
      ("q8, all of it", q8, .fast),
      ("q4 weights, f32 activations and cache", q4, .exact),
      ("q4, all of it", q4, .fast),
    ]
  }

  private static func logits(
    _ decoder: TrackDecoder, _ tokens: [Int32], _ sampler: Sampler, _ history: [[Int32]]
  ) -> [Logits] {
    let mixed = decoder.advanceMixed(prefix: nil, columns: [tokens[0]])
    let dual = decoder.advanceDual(prefix: nil, columns: [[tokens[1]], [tokens[2]]], mixed: mixed)
    return (0..<3).map { codebook in
      let rows = decoder.logits(
        codebook: codebook, of: codebook == 0 ? mixed : dual, position: 0)
      return sampler.adjusted(rows, codebook: codebook, history: history[codebook])
    }
  }
}

extension LanguageModelQuality.Variant {
  fileprivate mutating func add(_ truth: Logits, _ ours: Logits, _ codebook: Int) {
    for (a, b) in zip(ours.values, truth.values) {
      let difference = Double(a - b)
      error += difference * difference
      power += Double(b) * Double(b)
      largest = max(largest, abs(difference))
    }
    if truth.argmax == ours.argmax { agreed[codebook] += 1 }
    let temperature = SamplingOptions().temperature
    let p = TokenDistribution(truth, temperature: temperature).entries
    let q = TokenDistribution(ours, temperature: temperature).entries
    for (a, b) in zip(p, q) where a.probability > 0 && b.probability > 0 {
      divergence += a.probability * log(a.probability / b.probability)
    }
  }

  fileprivate func line(_ columns: Int) -> String {
    let shares = agreed.map { figure(100 * Double($0) / Double(columns), digits: 1) }
    return
      "\(name): error \(figure(100 * (error / power).squareRoot(), digits: 2)) % of the logits, "
      + "at most \(figure(largest, digits: 3)); likeliest token the same in "
      + "\(shares.joined(separator: ", ")) %; divergence "
      + "\(figure(divergence / Double(3 * columns), digits: 6)) nat"
  }
}
