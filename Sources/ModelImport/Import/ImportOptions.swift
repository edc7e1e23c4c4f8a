public import Weights

/// What a user says on an import.
public struct ImportOptions: Sendable {
  /// The parts that are wanted; `nil` for all that are there.
  public var only: Set<ModelRole>?
  /// `v1` or `v2`, whatever the files suggest.
  public var requestVersion: String?
  /// What the model is called.
  public var name: String?
  /// Whether tensors that nothing here uses are kept.
  public var keepsUnused = false
  /// In what form the large tensors of a part are kept; as they are, if it is not there.
  public var precisions: [ModelRole: StoredPrecision] = [:]
  /// The program, with its version, for the manifest.
  public var tool = "sg"

  public init() {}

  func wants(_ role: ModelRole) -> Bool { only?.contains(role) ?? true }
}
