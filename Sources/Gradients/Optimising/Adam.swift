import CKernels
import Glibc
public import Neural

/// Adam (Kingma and Ba 2015) with decoupled weight decay (Loshchilov and Hutter 2019).
public final class Adam: @unchecked Sendable {
  /// The constants; those of the LeVo paper (section 4.1) by default, which names no weight decay.
  public struct Settings: Sendable, Hashable {
    public var beta1 = 0.9
    public var beta2 = 0.98
    public var epsilon = 1e-9
    public var weightDecay = 0.0
    /// Gradients longer than this, all together, are shortened to it; 0 leaves them.
    public var clipNorm = 1.0

    public init() {}
  }

  public let settings: Settings
  /// Steps made.
  public private(set) var step = 0
  /// What is trained.
  public let parameters: [Parameter]
  /// First and second moments, of the sizes of `parameters`.
  public let moments: [(first: FloatBuffer, second: FloatBuffer)]

  public init(_ parameters: [Parameter], settings: Settings = Settings()) {
    self.parameters = parameters
    self.settings = settings
    moments = parameters.map {
      (FloatBuffer(count: $0.value.count), FloatBuffer(count: $0.value.count))
    }
  }

  /// Goes on after `step` steps, whose moments have been put into `moments`.
  public func resume(after step: Int) { self.step = step }

  /// Moves the parameters against `gradients`.
  ///
  /// - Returns: the norm of the gradients before they were clipped.
  @discardableResult
  public func update(_ gradients: GradientSum, rate: Double, pool: ThreadPool) -> Double {
    let norm = gradients.norm()
    step += 1
    var adam = sgk_adam(
      scale: 1, b1: Float(settings.beta1), b2: Float(settings.beta2),
      c1: Float(1 - pow(settings.beta1, Double(step))),
      c2: Float(1 - pow(settings.beta2, Double(step))), eps: Float(settings.epsilon),
      rate: Float(rate), decay: Float(settings.weightDecay))
    if settings.clipNorm > 0, norm > settings.clipNorm {
      adam.scale = Float(settings.clipNorm / norm)
    }
    let constants = adam
    for (parameter, moment) in zip(parameters, moments) {
      guard let gradient = gradients.gradient(of: parameter) else { continue }
      let count = parameter.value.count
      let chunk = 1 << 16
      pool.run((count + chunk - 1) / chunk) { index in
        let start = index * chunk
        withUnsafePointer(to: constants) {
          sgk_adam_step(
            parameter.value.base + start, gradient.base + start, moment.first.base + start,
            moment.second.base + start, min(chunk, count - start), $0)
        }
      }
    }
    return norm
  }
}
