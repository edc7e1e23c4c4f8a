public import Neural

/// Where the numbers of a network come from: a file, or a formula.
public protocol TensorSource: Sendable {
  /// For messages.
  var title: String { get }

  /// The shape of a tensor, or `nil` when there is none of that name.
  func shape(of name: String) -> [Int]?

  /// A tensor as f32.
  ///
  /// - Throws: `data` when it is missing, has another shape, or holds no floating-point numbers.
  func tensor(_ name: String, shape: [Int]) throws(WeightsFailure) -> FloatTensor
}

/// f32 numbers, in a buffer or in a mapped file, kept alive by their owner.
public struct FloatTensor: @unchecked Sendable {
  /// The first number.
  public let base: UnsafePointer<Float>
  public let count: Int
  private let owner: AnyObject

  /// The numbers of a buffer.
  public init(_ buffer: FloatBuffer) {
    self.init(base: UnsafePointer(buffer.base), count: buffer.count, owner: buffer)
  }

  /// Numbers that `owner` keeps alive.
  public init(base: UnsafePointer<Float>, count: Int, owner: AnyObject) {
    self.base = base
    self.count = count
    self.owner = owner
  }

  /// A copy of the numbers.
  public var array: [Float] {
    withExtendedLifetime(owner) { Array(UnsafeBufferPointer(start: base, count: count)) }
  }
}

extension TensorFile: TensorSource {
  public var title: String { file.name }

  /// F32 that lies aligned in the file stays there; everything else is converted.
  public func tensor(_ name: String, shape: [Int]) throws(WeightsFailure) -> FloatTensor {
    if let view = view(name), view.shape == shape, view.type == .f32,
      let start = view.bytes.baseAddress, UInt(bitPattern: start) % 4 == 0
    {
      return FloatTensor(
        base: start.assumingMemoryBound(to: Float.self), count: view.count, owner: self)
    }
    return FloatTensor(try floats(name, shape: shape))
  }
}
