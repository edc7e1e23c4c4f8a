/// What a front end made of a text.
public struct FrontEndResult: Sendable, Hashable {
  /// The text for the tokenizer; nil is the null text.
  public let text: String?
  /// What was left out or changed: one line each, in lower case.
  public let warnings: [String]

  public init(text: String?, warnings: [String]) {
    self.text = text
    self.warnings = warnings
  }
}

/// Collects warnings: each once, and not without end.
struct WarningList {
  private static let limit = 12
  private var lines: [String] = []
  private var more = 0

  mutating func add(_ line: String) {
    guard !lines.contains(line) else { return }
    if lines.count < Self.limit { lines.append(line) } else { more += 1 }
  }

  /// The lines, and how many were kept back.
  var all: [String] { more == 0 ? lines : lines + ["\(more) more warnings of this kind"] }
}
