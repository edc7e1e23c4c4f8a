/// What `torch.save` saved: tensors, and what holds them.
public indirect enum TorchValue: Sendable {
  case none
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case list([TorchValue])
  case tuple([TorchValue])
  /// In the order of the file; keys are unique.
  case dictionary([(key: TorchValue, value: TorchValue)])
  /// Row-major and without gaps; its name is empty. Valid while the ``TorchFile`` lives.
  case tensor(TensorView)

  /// The value of a key that is text, if this is a dictionary that has it.
  public subscript(key: String) -> TorchValue? {
    guard case .dictionary(let pairs) = self else { return nil }
    return pairs.last { $0.key.string == key }?.value
  }

  /// The text, if this is one.
  public var string: String? { if case .string(let value) = self { value } else { nil } }

  /// The items of a list or a tuple.
  public var items: [TorchValue]? {
    switch self {
    case .list(let items), .tuple(let items): items
    default: nil
    }
  }

  /// The entries whose keys are text, if this is a dictionary.
  public var entries: [(key: String, value: TorchValue)]? {
    guard case .dictionary(let pairs) = self else { return nil }
    return pairs.compactMap { pair in pair.key.string.map { ($0, pair.value) } }
  }

  /// The tensor, if this is one.
  public var tensor: TensorView? { if case .tensor(let view) = self { view } else { nil } }
}
