public import Weights

/// What an import will write, and what is to be said of it before.
public struct ImportPlan: Sendable {
  /// A part whose tensors go into a file of their own.
  public struct Part: Sendable {
    public let role: ModelRole
    public let source: SourceFiles.Part
    /// The file of the model.
    public let target: String
    /// The tensors that go into it.
    public let names: [String]
    public let report: InventoryReport
    /// In what form the large tensors are written; `nil` for as they are.
    public let precision: StoredPrecision?
  }

  /// A file that is taken as it is.
  public struct Copy: Sendable {
    public let role: ModelRole
    public let source: MappedFile
    public let target: String
    /// Whether it is a file of the download, and not made here or of the keys of a GGUF file.
    public var isSource = true
  }

  public internal(set) var parts: [Part] = []
  public internal(set) var copies: [Copy] = []
  public internal(set) var manifest = ModelManifest()
  /// What was decided, and by what.
  public internal(set) var notes: [String] = []
  /// What a person should look at.
  public internal(set) var warnings: [String] = []
  /// Parts that a whole model has and this one lacks, with what they are for.
  public internal(set) var missing: [String] = []

  /// Bytes that are read and written.
  public var work: Int {
    parts.reduce(0) { sum, part in
      sum + part.source.tensors.file.bytes.count
        + part.rewritten.reduce(0) { $0 + ($1.byteCount ?? 0) }
    }
  }
}
