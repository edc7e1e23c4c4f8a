import ArgumentParser
import Neural

/// How the language model's weights are stored.
enum WeightForm: String, CaseIterable, ExpressibleByArgument {
  case q8, q4, f16

  var packed: PackedFormat? {
    switch self {
    case .q8: .q8
    case .q4: .q4
    case .f16: nil
    }
  }
}
