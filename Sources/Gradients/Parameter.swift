public import Neural

/// Numbers that are learnt: a tensor of a checkpoint, by its name there.
public final class Parameter: @unchecked Sendable {
  /// The tensor's name in the checkpoint.
  public let name: String
  /// Its shape, row-major.
  public let shape: [Int]
  /// Its elements.
  public let value: FloatBuffer
  /// Its place among the parameters of its ``ParameterStore``.
  let slot: Int

  fileprivate init(name: String, shape: [Int], value: FloatBuffer, slot: Int) {
    self.name = name
    self.shape = shape
    self.value = value
    self.slot = slot
  }

  /// The first extent of the shape.
  public var rows: Int { shape.first ?? 1 }
  /// Elements of a row.
  public var columns: Int { shape.dropFirst().reduce(1, *) }
}

/// All parameters of a model, in the order they were added.
public final class ParameterStore: @unchecked Sendable {
  public private(set) var parameters: [Parameter] = []
  private var slots: [String: Int] = [:]

  public init() {}

  /// Adds a parameter. A name that is there already stands for the same parameter, which is returned.
  @discardableResult
  public func add(_ name: String, shape: [Int], value: FloatBuffer) -> Parameter {
    if let slot = slots[name] { return parameters[slot] }
    precondition(value.count == shape.reduce(1, *), "\(name) does not have the size of its shape")
    let parameter = Parameter(name: name, shape: shape, value: value, slot: parameters.count)
    slots[name] = parameter.slot
    parameters.append(parameter)
    return parameter
  }

  /// The parameter of that name.
  public subscript(name: String) -> Parameter? {
    slots[name].map { parameters[$0] }
  }

  /// The number of numbers.
  public var count: Int { parameters.reduce(0) { $0 + $1.value.count } }
}
