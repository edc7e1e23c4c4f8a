public import Weights

extension HTDemucs {
  /// Opens the separation network of a model.
  ///
  /// - Throws: `unavailable` when the model has none, `data` or `configuration` when it is not usable.
  public convenience init(_ model: ModelDirectory) throws(WeightsFailure) {
    try self.init(model.tensors(.separator), HTDemucsShape.Settings(model))
  }
}

extension HTDemucsShape {
  /// The sizes of a model's separation network; no weight is read.
  ///
  /// - Throws: as ``HTDemucs/init(_:)``.
  public init(_ model: ModelDirectory) throws(WeightsFailure) {
    try self.init(model.tensors(.separator), Settings(model))
  }
}

extension HTDemucsShape.Settings {
  fileprivate init(_ model: ModelDirectory) {
    let own = model.manifest?.separator
    self.init(heads: own?.heads, segment: own?.segment, stems: own?.stems)
  }
}
