import ArgumentParser
import LeLM

/// `--precision`: what the language model is computed with.
enum Precision: String, ExpressibleByArgument, CaseIterable {
  /// f32 throughout, whatever the weights are stored as.
  case f32
  /// int8 keys and values, and int8 activations where they meet packed weights.
  case int8

  /// What a model is computed with unless something else is asked for.
  init(own model: LanguageModel) {
    self = model.ownArithmetic == .exact ? .f32 : .int8
  }

  var arithmetic: Arithmetic { self == .f32 ? .exact : .fast }
}
