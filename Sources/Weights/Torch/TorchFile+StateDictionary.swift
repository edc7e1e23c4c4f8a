extension TorchFile {
  /// Keys under which training programs put the tensors beside other things.
  private static let containers = ["state_dict", "model_state_dict", "model", "state"]

  /// The tensors of a model by their names: what was saved, or what lies under `state_dict` or one of
  /// its like.
  ///
  /// - Throws: `data` when there is no such dictionary.
  public func stateDictionary() throws(WeightsFailure) -> [TensorView] {
    for value in [root] + Self.containers.compactMap({ root[$0] }) {
      let tensors = (value.entries ?? []).compactMap { entry in
        entry.value.tensor.map { $0.named(entry.key) }
      }
      if !tensors.isEmpty { return tensors }
    }
    throw .malformed(file.name, "holds no dictionary of tensors")
  }
}
