import Diagnostics
import Gradients
import Neural

extension TrainableModel {
  /// Linear interpolation of parameters (LeVo, section 3.5): this model plus, for each other, `weight` times
  /// its difference to this one.
  ///
  /// - Throws: ``TrainingFailure`` when the models are of different shapes.
  public func add(_ others: [(model: TrainableModel, weight: Double)]) throws(TrainingFailure) {
    for parameter in parameters.parameters {
      let base = FloatBuffer(parameter.value.elements)
      for (model, weight) in others {
        guard let other = model.parameters[parameter.name], other.shape == parameter.shape else {
          throw TrainingFailure(
            .data, "the models are of different shapes: '\(parameter.name)' differs")
        }
        for index in 0..<base.count {
          parameter.value[index] += Float(weight) * (other.value[index] - base[index])
        }
      }
    }
  }
}
