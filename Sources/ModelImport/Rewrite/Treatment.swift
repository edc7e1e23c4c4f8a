import Neural
import Weights

/// What becomes of a tensor on its way into another file.
enum Treatment: Sendable, Hashable {
  /// Its bytes.
  case same
  /// Its numbers in another type.
  case converted(TensorType)
  /// Its numbers as a packed matrix.
  case packed(PackedFormat)

  /// What `precision` means for a tensor.
  ///
  /// Only what is multiplied with, and so read over and over, gets small: vectors (norms, biases,
  /// statistics), modulation tables and the lengths of weight norm stay as they are. In the language
  /// model, tables of which a few rows are looked up stay 16-bit; heads have 8 bits even with q4,
  /// because their rounding goes straight into the choice of tokens. In the codec, q8 packs the
  /// projections of the flow network, and everything else that is large gets 16 bits.
  init(_ spec: TensorSpec, _ role: ModelRole, _ precision: StoredPrecision) {
    let columns = spec.shape.dropFirst().reduce(1, *)
    let isSmall = spec.shape.count < 2 || columns == 1 || spec.shape[0] == 1
    let isMatrix = spec.shape.count == 2 && !spec.shape.contains(0)
    let name = spec.name
    switch (role, precision) {
    case (.lm, .q8) where isMatrix && Self.isMultiplied(name): self = .packed(.q8)
    case (.lm, .q4) where isMatrix && Self.isMultiplied(name):
      self = .packed(Self.isHead(name) ? .q8 : .q4)
    case (.lm, .q8), (.lm, .q4):
      // A table: 16 bits, of which BF16 keeps the range and F16 more digits.
      self = isSmall || spec.type.size == 2 && !spec.type.isBlocked ? .same : .converted(.f16)
    case (.codec, .q8) where isMatrix && Self.isFlowProjection(name): self = .packed(.q8)
    case _ where isSmall || name.hasSuffix("scale_shift_table") || name.hasPrefix("normfeat."):
      self = .same
    default: self = .converted(precision.type)
    }
    // What has another form in its file, or none that other files know, is written as f32.
    if self == .same, spec.type.isBlocked { self = .converted(.f32) }
    if self == .converted(spec.type) { self = .same }
  }

  private static func isHead(_ name: String) -> Bool {
    name.hasSuffix("transformer.lm_head.weight") || name.contains("linears.")
  }

  /// Whether a tensor of the language model is a matrix of the network.
  private static func isMultiplied(_ name: String) -> Bool {
    isHead(name) || name.hasSuffix("_proj.weight") && name.contains(".layers.")
      || name.hasSuffix("mlp.0.weight") || name.hasSuffix("mlp.2.weight")
  }

  /// Whether a tensor of the codec is a matrix of a block of the flow network.
  private static func isFlowProjection(_ name: String) -> Bool {
    name.hasPrefix("cfm_wrapper.estimator.h.") && name.hasSuffix(".weight")
      && (name.contains(".attn.c_") || name.contains(".mlp.c_"))
  }

  /// The tensors that it makes.
  func specs(_ spec: TensorSpec) -> [TensorSpec] {
    switch self {
    case .same: return [spec]
    case .converted(let type): return [TensorSpec(name: spec.name, type: type, shape: spec.shape)]
    case .packed(let format):
      let layout = PackedLayout(format, rows: spec.shape[0], columns: spec.shape[1])
      return [
        TensorSpec(
          name: spec.name + format.suffix, type: format == .q8 ? .i8 : .u8,
          shape: layout.valueShape),
        TensorSpec(name: spec.name + ".scale", type: .f16, shape: layout.scaleShape),
      ]
    }
  }
}
