import Diagnostics
import LeLM
import MusicCodec
import TextTokens
public import Weights

/// What a model directory holds, part by part.
public struct ModelInspection: Sendable {
  /// A file of tensors.
  public struct Part: Sendable {
    public let role: ModelRole
    public let path: String
    public let tensors: TensorFile
    /// The file against what the network needs; nil when that cannot be told.
    public let report: InventoryReport?
    /// Bytes of the tensors by the type of their elements.
    public let types: [(type: TensorType, bytes: Int)]
  }

  public let name: String
  public private(set) var parts: [Part] = []
  /// What is wrong with the files.
  public private(set) var problems: [WeightsFailure] = []

  public init(_ directory: ModelDirectory) {
    name = directory.name
    for role in ModelRole.allCases where role.holdsTensors {
      do {
        guard let path = try directory.path(role) else { continue }
        let tensors = try directory.tensors(role)
        var report: InventoryReport?
        do {
          report = try Self.inventory(role, tensors, directory)?.check(tensors)
        } catch {
          problems.append(Self.failure(error, path))
        }
        parts.append(
          Part(role: role, path: path, tensors: tensors, report: report, types: Self.types(tensors))
        )
        problems += (report?.missing ?? []).map {
          WeightsFailure(.data, "\(printable(path)): tensor '\($0.name)' \($0.text)")
        }
      } catch {
        problems.append(error)
      }
    }
    if parts.isEmpty, problems.isEmpty {
      problems.append(
        WeightsFailure(.unavailable, "\(printable(directory.name)): there is no model in it"))
    }
  }

  /// What the file of a role must hold, with the sizes that the model has.
  static func inventory(
    _ role: ModelRole, _ tensors: TensorFile, _ directory: ModelDirectory
  ) throws -> Inventory? {
    switch role {
    case .lm:
      let config = try LeLMConfig(directory.config)
      var rows = 1
      if try directory.path(.tokenizer) != nil {
        let files = try SourceFiles.tokenizerFiles.map { try directory.file(.tokenizer, $0) }
        rows = try withExtendedLifetime(files) {
          try Tokenizer(
            vocabulary: files[0].bytes, merges: files[1].bytes, configuration: files[2].bytes
          ).rows
        }
      }
      return .languageModel(config, lyricsRows: rows, styleRows: rows)
    case .codec, .codecMixed: return try .codec(tensors, role: role)
    case .vae: return try .autoencoder(VAEConfig(directory.file(.vaeConfig)))
    case .separator: return try .separator(tensors)
    default: return nil
    }
  }

  private static func failure(_ error: any Error, _ path: String) -> WeightsFailure {
    if let failure = error as? WeightsFailure { return failure }
    let status = (error as? any SongFailure)?.status ?? .data
    return WeightsFailure(status, "\(printable(path)): \(error)")
  }

  private static func types(_ tensors: TensorFile) -> [(type: TensorType, bytes: Int)] {
    var sums: [TensorType: Int] = [:]
    for name in tensors.names {
      guard let view = tensors.view(name) else { continue }
      sums[view.type, default: 0] += view.bytes.count
    }
    return sums.map { ($0.key, $0.value) }.sorted {
      ($0.bytes, $0.type.rawValue) > ($1.bytes, $1.type.rawValue)
    }
  }
}
