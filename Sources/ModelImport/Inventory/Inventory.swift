public import Weights

/// Which tensors a part of a model has, by their official names, for given dimensions.
public struct Inventory: Sendable {
  /// What a tensor is for.
  public enum Use: Sendable, Hashable {
    /// Making a song.
    case song
    /// Reading reference audio; a model without it still makes songs.
    case reference
    /// Nothing that is done here, for this reason.
    case unused(String)
  }

  /// A tensor that is known.
  public struct Item: Sendable, Hashable {
    public let name: String
    public let shape: [Int]
    public let use: Use
    /// Whether more rows than `shape` says do no harm.
    public let toleratesRows: Bool

    public init(_ name: String, _ shape: [Int], _ use: Use = .song, toleratesRows: Bool = false) {
      self.name = name
      self.shape = shape
      self.use = use
      self.toleratesRows = toleratesRows
    }

    /// Whether a tensor of this shape serves.
    public func fits(_ other: [Int]) -> Bool {
      guard toleratesRows, let rows = shape.first, let others = other.first else {
        return other == shape
      }
      return others >= rows && other.dropFirst() == shape.dropFirst()
    }
  }

  /// The part of the model.
  public let role: ModelRole
  /// Every known tensor, in the order in which the network has them.
  public private(set) var items: [Item] = []
  /// Beginnings of names that official files have beyond that, and why they are of no use here.
  public var unused: [(prefix: String, reason: String)] = []

  public init(_ role: ModelRole) { self.role = role }

  /// Adds a tensor.
  public mutating func add(
    _ name: String, _ shape: [Int], _ use: Use = .song, toleratesRows: Bool = false
  ) {
    items.append(Item(name, shape, use, toleratesRows: toleratesRows))
  }
}
