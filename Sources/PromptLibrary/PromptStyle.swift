/// A style under which prompts are kept.
public struct PromptStyle: Sendable, Hashable {
  /// As requests write it: `R&B/Soul`.
  public let name: String
  /// The style that stands for any.
  public static let any = PromptStyle("Auto")

  public init(_ name: String) {
    self.name = name
  }

  /// The name of its folder: `r-b-soul`.
  public var folder: String {
    let words = name.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
    return words.joined(separator: "-")
  }
}
