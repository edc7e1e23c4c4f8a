public import Diagnostics

/// Why a language model could not be opened or run.
public enum LeLMError: SongFailure {
  /// A value in config.yaml is missing or out of range.
  case configuration(String)
  /// A tensor of the checkpoint is missing or has the wrong shape.
  case checkpoint(String)
  /// A request cannot be generated with this model.
  case request(String)

  public var status: ExitStatus {
    switch self {
    case .configuration, .checkpoint: .configuration
    case .request: .data
    }
  }

  public var description: String {
    switch self {
    case .configuration(let text), .checkpoint(let text), .request(let text): text
    }
  }
}
