import Diagnostics
public import Neural

/// Codes to latents, window by window, as the codes come in.
///
/// Every window but the first continues its predecessor: the frames that they share are given to it.
public final class WindowedFlow {
  /// What a window takes from before the song.
  public struct Beginning: Sendable {
    /// Latents [n, latent] that the first window continues; not normalised.
    public var latents: [Float]
    /// Frames of the first window that are not part of the song.
    public var dropped: Int

    public init(latents: [Float] = [], dropped: Int = 0) {
      self.latents = latents
      self.dropped = dropped
    }
  }

  /// The latents of one window.
  public struct Window {
    public let index: Int
    /// Not normalised, [frames, latent]; of the first window without the dropped frames.
    public let latents: [Float]
  }

  private let model: FlowModel
  private let plan: WindowPlan
  private let settings: FlowSettings
  private let beginning: Beginning
  private let noise: (Int) throws(CodecFailure) -> [Float]
  private let pool: ThreadPool
  private var index = 0
  /// The end of the last window, normalised.
  private var context: [Float]

  /// - Parameter noise: standard normal numbers [window, latent] for each window.
  public init(
    _ model: FlowModel, plan: WindowPlan, settings: FlowSettings, beginning: Beginning,
    pool: ThreadPool, noise: @escaping (Int) throws(CodecFailure) -> [Float]
  ) {
    self.model = model
    self.plan = plan
    self.settings = settings
    self.beginning = beginning
    self.noise = noise
    self.pool = pool
    context = model.statistics.normalised(beginning.latents)
  }

  /// Makes the next window.
  ///
  /// - Parameters:
  ///   - codes: the window's codes, one row for each condition track.
  ///   - progress: called after each step with the steps done.
  /// - Throws: `data` for codes that do not exist.
  public func next(
    _ codes: [[UInt16]], progress: ((Int) -> Void)? = nil
  ) throws(CodecFailure) -> Window {
    let latent = model.shape.latent
    let noise = try noise(index)
    guard noise.count == plan.size * latent else {
      throw CodecFailure(
        .data,
        "the noise for window \(index) has \(noise.count) numbers, it needs "
          + "\(plan.size) x \(latent)")
    }
    let start = EulerSolver.Start(
      noise: noise, context: context, conditions: try model.conditions(codes),
      steps: settings.steps, guidance: settings.guidance)
    let solver = EulerSolver(estimator: model.estimator, input: model.input, pool: pool)
    let latents = model.statistics.denormalised(
      solver.solve(start) { step, _ in progress?(step) })
    // The next window continues these, after a round trip through the statistics.
    context = model.statistics.normalised(Array(latents.suffix(plan.overlap * latent)))
    defer { index += 1 }
    let drop = index == 0 ? beginning.dropped * latent : 0
    return Window(index: index, latents: Array(latents.dropFirst(drop)))
  }
}

/// How the flow is solved.
public struct FlowSettings: Sendable, Hashable {
  /// Euler steps, at least 1.
  public var steps: Int
  /// Classifier-free guidance; up to 1 is none, at half the cost.
  public var guidance: Float

  public init(steps: Int = 10, guidance: Float = 1.5) {
    self.steps = max(1, steps)
    self.guidance = guidance
  }
}
