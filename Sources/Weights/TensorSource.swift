import Diagnostics
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

  /// Says that the numbers were read for the last time, or nearly: pages of a mapped file are given back.
  public func giveBack() {
    guard let file = owner as? TensorFile else { return }
    file.file.giveBack(
      UnsafeRawBufferPointer(start: base, count: count * MemoryLayout<Float>.stride))
  }

  /// A copy of the numbers.
  public var array: [Float] {
    withExtendedLifetime(owner) { Array(UnsafeBufferPointer(start: base, count: count)) }
  }
}

extension TensorFile: TensorSource {
  public var title: String { file.name }

  /// F32 that lies aligned in the file stays there; everything else is converted. A matrix that is not
  /// there itself may be there packed, as `NAME.q8` or `NAME.q4` and `NAME.scale` (``PackedLayout``).
  public func tensor(_ name: String, shape: [Int]) throws(WeightsFailure) -> FloatTensor {
    if let view = view(name), view.shape == shape, view.type == .f32,
      let start = view.bytes.baseAddress, UInt(bitPattern: start) % 4 == 0
    {
      return FloatTensor(
        base: start.assumingMemoryBound(to: Float.self), count: view.count, owner: self)
    }
    if view(name) == nil, shape.count == 2, shape[0] > 0, shape[1] > 0,
      let format = PackedFormat.allCases.first(where: { view(name + $0.suffix) != nil })
    {
      return try unpacked(name, PackedLayout(format, rows: shape[0], columns: shape[1]))
    }
    return FloatTensor(try floats(name, shape: shape))
  }

  private func unpacked(
    _ name: String, _ layout: PackedLayout
  ) throws(WeightsFailure) -> FloatTensor {
    let values = try require(name + layout.format.suffix, shape: layout.valueShape)
    let scales = try require(name + ".scale", shape: layout.scaleShape)
    guard values.type == (layout.format == .q8 ? .i8 : .u8), scales.type == .f16,
      let valueBase = values.bytes.baseAddress, let scaleBase = scales.bytes.baseAddress,
      UInt(bitPattern: scaleBase).isMultiple(of: 2)
    else {
      throw .malformed(
        file.name, "tensor '\(printable(name, limit: 120))' is packed in an unknown form")
    }
    let matrix = PackedMatrix(
      layout, values: valueBase, scales: scaleBase.assumingMemoryBound(to: UInt16.self),
      owner: self)
    let target = FloatBuffer(count: layout.rows * layout.columns)
    for row in 0..<layout.rows { matrix.copyRow(row, to: target.base + row * layout.columns) }
    return FloatTensor(target)
  }
}
