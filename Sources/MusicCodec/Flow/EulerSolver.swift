package import Neural
import Weights

/// Euler's method from noise to latents along the flow network's velocity, with classifier-free
/// guidance.
package struct EulerSolver {
  let estimator: FlowEstimator
  let input: FlowInput
  let pool: ThreadPool

  package init(estimator: FlowEstimator, input: FlowInput, pool: ThreadPool) {
    self.estimator = estimator
    self.input = input
    self.pool = pool
  }

  /// What the solver starts from.
  package struct Start {
    /// Standard normal [frames, latent].
    package var noise: [Float]
    /// Normalised latents of the first frames [n, latent].
    package var context: [Float]
    /// One [frames, condition] for each track.
    package var conditions: [FloatBuffer]
    package var steps: Int
    package var guidance: Float
    /// Whether time is summed up step by step, as the one-track model does, instead of taken from the
    /// grid.
    package var summedTime = false

    package init(
      noise: [Float], context: [Float], conditions: [FloatBuffer], steps: Int, guidance: Float
    ) {
      self.noise = noise
      self.context = context
      self.conditions = conditions
      self.steps = steps
      self.guidance = guidance
    }
  }

  /// Solves for one window.
  ///
  /// The frames in context are set anew at every step, to where the straight path from their noise to
  /// their latents is at that time, and to the latents themselves at the end.
  ///
  /// - Parameter observe: called with the state after each step.
  /// - Returns: normalised latents [frames, latent].
  package func solve(_ start: Start, observe: ((Int, [Float]) -> Void)? = nil) -> [Float] {
    let shape = estimator.shape
    let latent = shape.latent
    let frames = start.noise.count / latent
    let known = start.context.count
    let guided = start.guidance > 1
    let branches = guided ? 2 : 1
    let work = FlowWorkspace(
      shape, branches: branches, frames: frames, precision: estimator.precision)
    let fixed = FloatBuffer(count: work.rows * shape.width)
    let mask = (0..<frames).map { $0 * latent < known ? 1 : 2 }
    if guided {
      input.fill(fixed.base, mask: mask, context: start.context, conditions: nil)
    }
    input.fill(
      fixed.base + (branches - 1) * frames * shape.width, mask: mask, context: start.context,
      conditions: start.conditions)
    addPositions(fixed, work)
    let velocity = FloatBuffer(count: work.rows * latent)
    let grid = Self.grid(start.steps)
    var x = start.noise
    var t = grid[0]
    for step in 0..<start.steps {
      if !start.summedTime { t = grid[step] }
      for index in 0..<known {
        x[index] = (1 - (1 - 1e-4) * t) * start.noise[index] + t * start.context[index]
      }
      place(x, over: fixed, in: work)
      estimator.run(
        work, time: estimator.prepare(t, pool: pool), velocity: velocity.base, pool: pool)
      let dt = grid[step + 1] - t
      let last = velocity.base + (branches - 1) * frames * latent
      for index in x.indices {
        let conditional = last[index]
        if guided {
          let free = velocity.base[index]
          x[index] += dt * (free + start.guidance * (conditional - free))
        } else {
          x[index] += dt * conditional
        }
      }
      if start.summedTime { t += dt }
      observe?(step + 1, x)
    }
    x.replaceSubrange(0..<known, with: start.context)
    return x
  }

  /// `steps + 1` times from 0 to 1, rounded as f32 `linspace` does: from either end to the middle.
  package static func grid(_ steps: Int) -> [Float] {
    let step = 1 / Float(steps)
    return (0...steps).map {
      $0 < (steps + 1) / 2 ? step * Float($0) : 1 - step * Float(steps - $0)
    }
  }

  private func addPositions(_ rows: FloatBuffer, _ work: FlowWorkspace) {
    let width = estimator.shape.width
    let positions = estimator.positions
    let frames = work.frames
    nonisolated(unsafe) let base = rows.base
    work.eachRow(pool) { row in
      let line = base + row * width
      let position = positions.base + row % frames * width
      for column in 0..<width { line[column] += position[column] }
    }
  }

  /// hidden = fixed columns, plus the state in the last columns of both branches.
  private func place(_ x: [Float], over fixed: FloatBuffer, in work: FlowWorkspace) {
    let (width, latent, frames) = (estimator.shape.width, estimator.shape.latent, work.frames)
    nonisolated(unsafe) let source = fixed.base
    nonisolated(unsafe) let target = work.hidden.base
    work.eachRow(pool) { row in
      let line = target + row * width
      line.update(from: source + row * width, count: width)
      for channel in 0..<latent {
        line[width - latent + channel] += x[row % frames * latent + channel]
      }
    }
  }
}
