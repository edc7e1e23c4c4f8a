import MusicCodec
import Neural
import Weights

extension CodecCase {
  /// One pass of the flow network (`b_estimator`): `CASE.tT.BRANCH.v` and what is inside.
  func estimator() throws {
    if tensors.view("time.t") != nil { try time() }
    let shape = set.flow.shape
    for key in stems(".v") {
      let parts = key.split(separator: ".", maxSplits: 1).map(String.init)
      guard parts.count == 2, parts[1].hasPrefix("t"), tensors.view("\(parts[0]).mask") != nil,
        let dot = parts[1].lastIndex(of: "."), let t = Float(parts[1][..<dot].dropFirst())
      else { continue }
      let isConditional = parts[1][dot...] == ".cond"
      let mask = try tensors.integers("\(parts[0]).mask")
      let context = try flat("\(parts[0]).incontext")
      let conditions = try set.flow.conditions([
        codes("\(parts[0]).codes_vocal"), codes("\(parts[0]).codes_bgm"),
      ])
      let frames = mask.count
      let work = FlowWorkspace(shape, branches: 1, frames: frames)
      set.flow.input.fill(
        work.hidden.base, mask: mask, context: context,
        conditions: isConditional ? conditions : nil)
      let x = try flat("\(parts[0]).x")
      for frame in 0..<frames {
        for channel in 0..<shape.latent {
          work.hidden[(frame + 1) * shape.width - shape.latent + channel] =
            x[frame * shape.latent + channel]
        }
      }
      let inside = "\(parts[0]).t\(parts[1][..<dot].dropFirst())"
      let isTraced = isConditional && tensors.view("\(inside).input") != nil
      if isTraced {
        compare("\(inside).input", numbers(work.hidden), try flat("\(inside).input"), 3e-5)
      }
      addPositions(work)
      if isTraced {
        compare("\(inside).hidden0", numbers(work.hidden), try flat("\(inside).hidden0"), 3e-5)
      }
      let velocity = FloatBuffer(count: frames * shape.latent)
      var states: [[Float]] = []
      set.flow.estimator.run(
        work, time: set.flow.estimator.prepare(t, pool: pool), mask: mask.map { $0 > 0 },
        velocity: velocity.base, pool: pool
      ) { _, hidden in
        states.append(Array(UnsafeBufferPointer(start: hidden, count: frames * shape.width)))
      }
      compare("\(key).v", numbers(velocity), try flat("\(key).v"), 6e-5)
      guard isTraced else { continue }
      let full = FloatBuffer(count: frames * shape.width)
      set.flow.estimator.project(work, rows: 0..<shape.width, to: full.base, pool)
      // The last hidden state of the reference is its output, after norm and projection.
      for (index, state) in states.enumerated() {
        let last = index + 1 == states.count
        compare(
          "\(inside).hidden\(index + 1)", last ? numbers(full) : state,
          try flat("\(inside).hidden\(index + 1)"), 3e-5)
      }
      compare(
        "\(inside).\(parts[1][dot...].dropFirst()).full_out", numbers(full),
        try flat("\(key).full_out"), 6e-5)
    }
  }

  private func addPositions(_ work: FlowWorkspace) {
    let width = set.flow.shape.width
    for index in 0..<work.frames * width {
      work.hidden[index] += set.flow.estimator.positions.base[index]
    }
  }

  private func time() throws {
    let embedding = set.flow.estimator.time
    let times = try flat("time.t")
    compare("time.sinusoid", times.flatMap(embedding.sinusoid), try flat("time.sinusoid"), 1e-4)
    let vectors = times.map { embedding.vectors($0, pool: pool) }
    compare("time.embedded", vectors.flatMap(\.embedded), try flat("time.embedded"), 1e-4)
    compare("time.modulation6", vectors.flatMap(\.modulation), try flat("time.modulation6"), 1e-4)
  }

  /// The solver (`c_euler`): `CASE.noise`, `.incontext`, `.mu` to `.out`; and `CASE.true_latents` to
  /// `.latents`, not normalised.
  func solver() throws {
    for part in stems(".mu") {
      let times = try flat("\(part).t_span")
      let latent = set.flow.shape.latent
      let mask = try tensors.integers("\(part).mask")
      let known = settings(part)?.incontext_length ?? mask.prefix { $0 == 1 }.count
      let start = EulerSolver.Start(
        noise: try flat("\(part).noise"),
        context: Array(try flat("\(part).incontext").prefix(known * latent)),
        conditions: try set.flow.conditions([
          codes("\(part).codes_vocal"), codes("\(part).codes_bgm"),
        ]), steps: times.count - 1, guidance: settings(part)?.guidance ?? 1.5)
      compare("\(part).t_span", EulerSolver.grid(start.steps), times, 0)
      var states: [Int: [Float]] = [:]
      _ = solver(set.flow).solve(start) { states[$0] = $1 }
      for step in states.keys.sorted() where tensors.view("\(part).state_after\(step)") != nil {
        compare(
          "\(part).state_after\(step)", states[step] ?? [], try flat("\(part).state_after\(step)"),
          2e-5)
      }
      // The raw state: the frames in context are not yet replaced by their latents.
      compare("\(part).out", states[start.steps] ?? [], try flat("\(part).out"), 2e-5)
    }
    for part in stems(".true_latents") {
      let known = settings(part)?.incontext_length ?? 0
      let ours = try inference(
        set.flow, rows: [codes("\(part).codes_vocal"), codes("\(part).codes_bgm")],
        known: flat("\(part).true_latents"), count: known, noise: flat("\(part).noise"),
        settings(part))
      compare("\(part).latents", ours, try rows("\(part).latents"), 2e-5)
    }
  }

  /// The one-track variant (`k_1rvq`).
  func oneTrack() throws {
    guard let single = set.single, tensors.view("codes") != nil,
      tensors.view("true_latents") != nil
    else { return }
    let ours = try inference(
      single, rows: [codes("codes")], known: flat("true_latents"),
      count: settings()?.incontext_length ?? 0, noise: flat("noise"), settings(), summedTime: true)
    compare("latents", ours, try rows("latents"), 2e-5)
  }

  func solver(_ model: FlowModel) -> EulerSolver {
    EulerSolver(estimator: model.estimator, input: model.input, pool: pool)
  }

  private func inference(
    _ model: FlowModel, rows: [[UInt16]], known: [Float], count: Int, noise: [Float],
    _ settings: CodecSetConfig.Case?, summedTime: Bool = false
  ) throws -> [Float] {
    var start = EulerSolver.Start(
      noise: noise,
      context: model.statistics.normalised(Array(known.prefix(count * model.shape.latent))),
      conditions: try model.conditions(rows), steps: settings?.steps ?? 10,
      guidance: settings?.guidance ?? 1.5)
    start.summedTime = summedTime
    return model.statistics.denormalised(solver(model).solve(start))
  }
}
