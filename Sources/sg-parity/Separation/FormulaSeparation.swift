import Diagnostics
import Separation
import Weights

/// The separation network of the official widths, with numbers made by formula.
struct FormulaSeparation: TensorSource {
  let seed: UInt64
  private let shapes = Dictionary(
    uniqueKeysWithValues: HTDemucsShape.official.tensors.map { ($0, $1) })
  let title = "formula weights"

  init(seed: UInt64) { self.seed = seed }

  func shape(of name: String) -> [Int]? { shapes[name] }

  func tensor(_ name: String, shape: [Int]) throws(WeightsFailure) -> FloatTensor {
    guard shapes[name] == shape else {
      throw WeightsFailure(.data, "no formula tensor '\(name)' of shape \(shape)")
    }
    return FloatTensor(FormulaNumbers.tensor(name, shape: shape, seed: seed))
  }
}
