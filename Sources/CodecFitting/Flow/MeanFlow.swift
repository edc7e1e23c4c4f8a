import Glibc
import Neural
import Weights

/// A flow network in closed form: v(x, t) = (F - x) / (1 - t), where F is what ``CodeRegression`` expects
/// of the codes.
///
/// It is the flow of a posterior without spread. Every path ends at F, from any noise, and Euler's method
/// is exact with any number of steps. (A flow with the posterior's own spread ends at a sample of it,
/// which is twice as far from the truth as the mean is.) There is no guidance in it: with conditions
/// of zero it heads for silence.
///
/// How the transformer does that:
/// - The mask embedding is ten times as large as all else, so that LayerNorm is next to a division by a
///   known number. All sums that are read from a normed state have weights that add up to nothing, so
///   that neither the norm's mean nor a common shift is in them.
/// - Queries and keys of the one block are biases. Rotary positions alone tell its four heads where to
///   look: one frame back or ahead. Their values are the conditions of the vocal or the accompaniment.
///   What the regression makes of them is added where latents in context would stand.
/// - The time embedding is 1 / (1 - t) - 1 in all numbers, by an interpolation with SiLU.
struct MeanFlow {
  static let maskWidth = 24
  static let heads = 4
  static let inner = 32
  static let positions = 1000
  static let timeFeatures = 32
  /// The size of the mask embedding.
  private static let loud: Float = 10
  /// The last time at which the speed is right: after it, 1 / (1 - t) stays what it is.
  private static let lastTime = 0.98
  /// A clip count at which statistics are frozen.
  private static let clips: Float = 131_072

  private let latent: Int
  private let regression: CodeRegression
  /// The usual spread of a hidden state before the block, and after it.
  private let spread: (before: Float, after: Float)

  private var width: Int { Self.maskWidth + 4 * latent }

  /// Where the columns of a hidden state begin.
  private var context: Int { Self.maskWidth }
  private func condition(_ track: Int) -> Int { Self.maskWidth + (1 + track) * latent }
  private var state: Int { Self.maskWidth + 3 * latent }

  /// - Parameters:
  ///   - energy: mean square lengths of a frame's two conditions together, of what the regression adds for
  ///     the neighbours, and of its normalised latents.
  init(_ regression: CodeRegression, energy: (conditions: Float, neighbours: Float, latents: Float))
  {
    self.regression = regression
    latent = regression.latent
    let fixed = Float(Self.maskWidth) * Self.loud * Self.loud + energy.conditions + energy.latents
    let width = Float(Self.maskWidth + 4 * latent)
    spread = (
      (fixed / width).squareRoot(), ((fixed + energy.neighbours) / width).squareRoot()
    )
  }

  /// Everything of `codec.safetensors` but the quantisers.
  ///
  /// - Parameters:
  ///   - mean: of the latents, [latent].
  ///   - deviation: [latent].
  func set(
    mean: [Float], deviation: [Float], in tensors: inout NamedTensors
  ) throws(FittingFailure) {
    let prefix = "cfm_wrapper.estimator."
    let zeros = { (count: Int) in [Float](repeating: 0, count: count) }
    let ones = { (count: Int) in [Float](repeating: 1, count: count) }
    tensors.set("mask_emb.weight", [3, Self.maskWidth], maskEmbedding, type: .f32)
    tensors.set("zero_cond_embedding1", [latent], zeros(latent))
    tensors.set("normfeat.counts", [1], [Self.clips], type: .f32)
    tensors.set("normfeat.sum_x", [latent], mean.map { $0 * Self.clips }, type: .f32)
    tensors.set(
      "normfeat.sum_x2", [latent],
      zip(mean, deviation).map { ($0 * $0 + $1 * $1) * Self.clips }, type: .f32)
    tensors.set(prefix + "wpe.weight", [Self.positions, width], zeros(Self.positions * width))
    try setTime(prefix + "adaln_single.", &tensors)
    let block = prefix + "h.0."
    for norm in [block + "ln_1", block + "ln_2", prefix + "ln_f"] {
      tensors.set(norm + ".weight", [width], ones(width), type: .f32)
      tensors.set(norm + ".bias", [width], zeros(width), type: .f32)
    }
    // Rows: shift, scale and gate of the attention, then of the feed-forward part, which adds nothing.
    tensors.set(
      block + "scale_shift_table", [6, width],
      zeros(2 * width) + ones(width) + zeros(3 * width), type: .f32)
    setAttention(block + "attn.", &tensors)
    tensors.set(block + "mlp.c_fc.weight", [width, Self.inner], zeros(width * Self.inner))
    tensors.set(block + "mlp.c_fc.bias", [Self.inner], zeros(Self.inner))
    tensors.set(block + "mlp.c_proj.weight", [Self.inner, width], zeros(Self.inner * width))
    tensors.set(block + "mlp.c_proj.bias", [width], zeros(width))
    tensors.set(prefix + "scale_shift_table", [2, width], zeros(2 * width), type: .f32)
    tensors.set(prefix + "proj_out.weight", [width, width], output)
    tensors.set(prefix + "proj_out.bias", [width], zeros(width))
  }

  /// Rows of equal length and sum zero: absent, in context, to be made.
  private var maskEmbedding: [Float] {
    (0..<3).flatMap { kind in
      (0..<Self.maskWidth).map { index in
        (index >> kind) & 1 == 0 ? Self.loud : -Self.loud
      }
    }
  }

  /// Puts weights on the mask's columns so that the weights of a row add up to nothing.
  private func balance(_ row: inout [Float]) {
    let share = row.reduce(0.0) { $0 + Double($1) } / Double(Self.maskWidth)
    for index in 0..<Self.maskWidth { row[index] -= Float(share) }
  }

  /// `proj_out.weight` [width, width]: the last rows make F - x of the final norm.
  private var output: [Float] {
    var rows = [Float](repeating: 0, count: (width - latent) * width)
    for channel in 0..<latent {
      var row = [Float](repeating: 0, count: width)
      for track in 0..<2 {
        for index in 0..<latent {
          row[condition(track) + index] =
            spread.after * regression.weight(channel, offset: 0, track: track, index: index)
        }
      }
      row[context + channel] = spread.after
      row[state + channel] = -spread.after
      balance(&row)
      rows += row
    }
    return rows
  }

  /// Four heads: the vocal one frame back and ahead, and the accompaniment.
  private func setAttention(_ key: String, _ tensors: inout NamedTensors) {
    let head = width / Self.heads
    var weight = [Float](repeating: 0, count: width * 3 * width)
    var bias = [Float](repeating: 0, count: 3 * width)
    var out = [Float](repeating: 0, count: width * width)
    // Largest score minus that of a neighbour: about 1.15 pairs' worth.
    let size = (9 * Float(head).squareRoot()).squareRoot()
    for (number, (track, offset)) in [(0, -1), (0, 1), (1, -1), (1, 1)].enumerated() {
      for pair in 0..<head / 2 {
        let theta = pow(10_000, -2 * Double(pair) / Double(head))
        let place = number * head + 2 * pair
        bias[place] = size
        // Turned back by the offset: the score is largest where the key's position is that far off.
        bias[width + place] = size * Float(cos(theta * Double(offset)))
        bias[width + place + 1] = -size * Float(sin(theta * Double(offset)))
      }
      for index in 0..<min(latent, head) {
        var row = [Float](repeating: 0, count: width)
        row[condition(track) + index] = spread.before
        balance(&row)
        for column in 0..<width {
          weight[column * 3 * width + 2 * width + number * head + index] = row[column]
        }
        for channel in 0..<latent {
          out[(number * head + index) * width + context + channel] = regression.weight(
            channel, offset: offset, track: track, index: index)
        }
      }
    }
    tensors.set(key + "c_attn.weight", [width, 3 * width], weight)
    tensors.set(key + "c_attn.bias", [3 * width], bias)
    tensors.set(key + "c_proj.weight", [width, width], out)
    tensors.set(key + "c_proj.bias", [width], [Float](repeating: 0, count: width))
  }

  /// The time embedding: SiLU of the slowest sine, at knots that lie closer towards 1, summed to
  /// t / (1 - t) in every number.
  private func setTime(_ key: String, _ tensors: inout NamedTensors) throws(FittingFailure) {
    let slowest =
      1000
      * exp(
        -9.210340371976184 * Double(Self.timeFeatures / 2 - 1)
          / Double(Self.timeFeatures / 2))
    let knots = (0..<width).map {
      1 - pow(1.05 * 0.01 / 1.05, Double($0) / Double(width - 1)) * 1.05
    }
    var first = [Float](repeating: 0, count: width * Self.timeFeatures)
    var bias = [Float](repeating: 0, count: width)
    for (row, knot) in knots.enumerated() {
      // As steep as the knots are close.
      let slope = 2 / (knots[min(row + 1, width - 1)] - knots[min(row, width - 2)])
      first[row * Self.timeFeatures + Self.timeFeatures - 1] = Float(slope / slowest)
      bias[row] = Float(-slope * sin(slowest * knot) / slowest)
    }
    let weights = try timeWeights(first, bias)
    let linear = key + "emb.timestep_embedder."
    tensors.set(linear + "linear_1.weight", [width, Self.timeFeatures], first, type: .f32)
    tensors.set(linear + "linear_1.bias", [width], bias, type: .f32)
    let row = weights[..<width].map { Float($0) }
    tensors.set(
      linear + "linear_2.weight", [width, width], (0..<width).flatMap { _ in row }, type: .f32)
    tensors.set(
      linear + "linear_2.bias", [width],
      [Float](repeating: Float(weights[width]), count: width), type: .f32)
    tensors.set(
      key + "linear.weight", [6 * width, width],
      [Float](repeating: 0, count: 6 * width * width))
    tensors.set(key + "linear.bias", [6 * width], [Float](repeating: 0, count: 6 * width))
  }

  /// The weights of the knots, then a constant, by least squares of the relative error.
  private func timeWeights(_ first: [Float], _ bias: [Float]) throws(FittingFailure) -> [Double] {
    let size = width + 1
    let last = Self.timeFeatures - 1
    let slowest =
      Float(1000)
      * expf(-9.210340371976184 * Float(Self.timeFeatures / 2 - 1) / Float(Self.timeFeatures / 2))
    var matrix = [Double](repeating: 0, count: size * size)
    var right = [Double](repeating: 0, count: size)
    let times = 2000
    for index in 0...times {
      let t = Double(index) / Double(times)
      let speed = 1 / (1 - min(t, Self.lastTime))
      let sine = sinf(Float(t) * slowest)
      var row = (0..<width).map { unit in
        let x = first[unit * Self.timeFeatures + last] * sine + bias[unit]
        return Double(x / (1 + expf(-x)))
      }
      row.append(1)
      for i in 0..<size {
        let value = row[i] / (speed * speed)
        right[i] += value * (speed - 1)
        for j in 0..<size { matrix[i * size + j] += value * row[j] }
      }
    }
    for index in 0..<size { matrix[index * size + index] += 1e-6 }
    guard let weights = LAPACK.solve(matrix, rows: right, size: size) else {
      throw FittingFailure("the time embedding of the flow cannot be solved")
    }
    return weights
  }
}
