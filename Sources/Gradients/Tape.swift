/// A result on a ``Tape``: a matrix [rows, columns].
public struct Variable: Sendable {
  let index: Int
  public let rows: Int
  public let columns: Int
  /// rows * columns
  public var count: Int { rows * columns }
}

/// Records what is computed, and then goes back over it for the gradients (reverse-mode automatic
/// differentiation).
///
/// Each operator's backward step stands beside its forward step, in `Operators/`. A tape computes on the
/// calling thread; several threads work on several tapes.
public final class Tape {
  let gradients: GradientSum?
  let arena = Arena()
  private var values: [UnsafeMutablePointer<Float>] = []
  private var slopes: [UnsafeMutablePointer<Float>?] = []
  private var followed: [Bool] = []
  private var steps: [() -> Void] = []

  /// A tape that adds gradients to `gradients`; without, it only computes.
  public init(_ gradients: GradientSum?) {
    self.gradients = gradients
  }

  /// Forgets everything; variables of before are no longer valid.
  public func reset() {
    arena.reset()
    values.removeAll(keepingCapacity: true)
    slopes.removeAll(keepingCapacity: true)
    followed.removeAll(keepingCapacity: true)
    steps.removeAll(keepingCapacity: true)
  }

  /// The elements of `variable`, row-major, valid until ``reset()``.
  public func values(of variable: Variable) -> UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(start: values[variable.index], count: variable.count)
  }

  /// The gradient of the roots with respect to `variable`, after ``backward(from:)``; nil where none
  /// was needed.
  public func gradient(of variable: Variable) -> UnsafeMutableBufferPointer<Float>? {
    slopes[variable.index].map { UnsafeMutableBufferPointer(start: $0, count: variable.count) }
  }

  /// A matrix of constants, or of inputs whose gradient is asked for when `followed`.
  public func input(
    _ elements: some Collection<Float>, rows: Int, columns: Int, followed: Bool = false
  ) -> Variable {
    precondition(elements.count == rows * columns, "an input of another size")
    let variable = allocate(rows: rows, columns: columns, followed: followed)
    _ = values(of: variable).initialize(fromContentsOf: elements)
    return variable
  }

  /// Goes back from `roots`, each with the gradient of the loss with respect to its elements.
  public func backward(from roots: [(variable: Variable, gradient: [Float])]) {
    for (variable, gradient) in roots where followed[variable.index] {
      precondition(gradient.count == variable.count, "a gradient of another size")
      let slope = slope(variable)
      for i in 0..<gradient.count { slope[i] += gradient[i] }
    }
    for step in steps.reversed() { step() }
    steps.removeAll(keepingCapacity: true)
  }

  // For the operators:

  /// A new variable, whose elements are yet to be written.
  func allocate(rows: Int, columns: Int, followed: Bool) -> Variable {
    let variable = Variable(index: values.count, rows: rows, columns: columns)
    values.append(arena.take(rows * columns))
    slopes.append(nil)
    self.followed.append(followed && gradients != nil)
    return variable
  }

  /// Whether a gradient is wanted of `variable`.
  func isFollowed(_ variable: Variable) -> Bool { followed[variable.index] }

  /// Whether a gradient is wanted of `parameter`.
  func isTrained(_ parameter: Parameter) -> Bool { gradients?.trains(parameter) ?? false }

  /// The elements of `variable`.
  func value(_ variable: Variable) -> UnsafeMutablePointer<Float> { values[variable.index] }

  /// The gradient of `variable`, zero at first, to be added to.
  func slope(_ variable: Variable) -> UnsafeMutablePointer<Float> {
    if let slope = slopes[variable.index] { return slope }
    let slope = arena.zeros(variable.count)
    slopes[variable.index] = slope
    return slope
  }

  /// The gradient of `variable` if something arrived there.
  func arrived(_ variable: Variable) -> UnsafeMutablePointer<Float>? { slopes[variable.index] }

  /// Records how `result`'s gradient goes back; called only if some arrived. Nothing is recorded for a
  /// result that is not followed.
  func record(_ result: Variable, _ step: @escaping (UnsafeMutablePointer<Float>) -> Void) {
    guard isFollowed(result) else { return }
    steps.append { [unowned self] in
      if let slope = arrived(result) { step(slope) }
    }
  }
}
