public import Weights

extension HTDemucs {
  /// Opens the separation network of a model.
  ///
  /// - Throws: `unavailable` when the model has none, `data` or `configuration` when it is not usable.
  public convenience init(_ model: ModelDirectory) throws(WeightsFailure) {
    let own = model.manifest?.separator
    try self.init(
      model.tensors(.separator),
      HTDemucsShape.Settings(heads: own?.heads, segment: own?.segment, stems: own?.stems))
  }
}
