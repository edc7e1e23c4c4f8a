/// The parts of a model that LeVo2.cpp keeps in GGUF files, by `general.architecture`.
package enum GGUFPart: String, Sendable, CaseIterable {
  case languageModel = "levo2"
  case flow = "levo2_flow"
  case autoencoder = "levo2_vae"
}

/// Where one tensor of a GGUF file belongs among the official names, and in what form.
package struct GGUFPlace: Sendable {
  /// How the file's numbers become the official ones.
  package enum Form: Sendable, Hashable {
    /// As they are.
    case same
    /// The official tensor is [inputs, out], the file's [out, inputs] with padded rows.
    case transposed(inputs: Int)
    /// The official checkpoint has `KEY.weight_v` and `KEY.weight_g`, the file their product; without
    /// the last axis, if that is 1 wide and `flat`.
    case folded(flat: Bool)
  }

  /// The name in the file.
  package let name: String
  /// The official name; of a folded weight, the stem before `.weight_v`.
  package let official: String
  package let form: Form

  init(_ name: String, _ official: String, _ form: Form = .same) {
    self.name = name
    self.official = official
    self.form = form
  }

  /// The official tensors that it is made of.
  package var sources: [String] {
    switch form {
    case .same, .transposed: [official]
    case .folded: [official + ".weight_v", official + ".weight_g"]
    }
  }
}
