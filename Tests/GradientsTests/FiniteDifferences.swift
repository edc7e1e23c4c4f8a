import Gradients
import Neural

/// Compares what an operator sends back with differences of what it computes.
///
/// The loss is a fixed random sum of the results. Differences are central, in f32, so they agree to
/// some thousandths of the largest gradient.
func largestError(
  inputs: [(rows: Int, columns: Int)], tables: [[Int]] = [], step: Float = 1e-2, seed: UInt64 = 1,
  _ compute: (Tape, [Variable], [Parameter]) -> Variable
) -> (error: Float, largest: Float) {
  var generator = Philox.Numbers(seed: seed)
  let store = ParameterStore()
  for (index, shape) in tables.enumerated() {
    store.add(
      "table\(index)", shape: shape,
      value: FloatBuffer((0..<shape.reduce(1, *)).map { _ in generator.next() }))
  }
  var elements = inputs.map { shape in
    (0..<shape.rows * shape.columns).map { _ in generator.next() }
  }
  var weights: [Float] = []
  func loss(_ tape: Tape) -> (variables: [Variable], result: Variable, loss: Double) {
    let variables = zip(inputs, elements).map {
      tape.input($1, rows: $0.rows, columns: $0.columns, followed: true)
    }
    let result = compute(tape, variables, store.parameters)
    while weights.count < result.count { weights.append(generator.next()) }
    let values = tape.values(of: result)
    return (variables, result, zip(values, weights).reduce(0) { $0 + Double($1.0) * Double($1.1) })
  }
  let sum = GradientSum(store)
  let tape = Tape(sum)
  let first = loss(tape)
  tape.backward(from: [(first.result, Array(weights.prefix(first.result.count)))])
  var pairs: [(got: Float, wanted: Float)] = []
  func difference(_ change: (Float) -> Void) -> Float {
    change(step)
    let high = loss(Tape(nil)).loss
    change(-2 * step)
    let low = loss(Tape(nil)).loss
    change(step)
    return Float((high - low) / Double(2 * step))
  }
  for input in inputs.indices {
    let gradient = tape.gradient(of: first.variables[input]).map(Array.init) ?? []
    for index in elements[input].indices {
      let wanted = difference { elements[input][index] += $0 }
      pairs.append((gradient.isEmpty ? 0 : gradient[index], wanted))
    }
  }
  for parameter in store.parameters {
    guard let gradient = sum.gradient(of: parameter) else { continue }
    for index in 0..<parameter.value.count {
      pairs.append((gradient[index], difference { parameter.value[index] += $0 }))
    }
  }
  let largest = pairs.map { abs($0.wanted) }.max() ?? 0
  return (pairs.map { abs($0.got - $0.wanted) }.max() ?? 0, largest)
}

extension Philox {
  /// Normal-ish numbers, one after the other.
  struct Numbers {
    private let source: Philox
    private var counter: UInt64 = 0

    init(seed: UInt64) { source = Philox(seed: seed, stream: 0) }

    mutating func next() -> Float {
      counter += 4
      return (0..<4).reduce(0) { $0 + Float(source.uniform(at: counter + UInt64($1)) - 0.5) } * 1.7
    }
  }
}
