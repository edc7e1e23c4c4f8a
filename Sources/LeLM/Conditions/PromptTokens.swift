/// The tokens of a reference recording, rows mixed, vocal, accompaniment.
public struct PromptTokens: Sendable, Hashable {
  /// [3][frames], all rows of one length.
  public let rows: [[Int32]]

  /// - Throws: ``LeLMError/request(_:)`` if there are not three rows of one length.
  public init(rows: [[Int32]]) throws(LeLMError) {
    guard rows.count == 3, rows.allSatisfy({ $0.count == rows[0].count }) else {
      throw .request("a prompt must have three rows of the same length")
    }
    self.rows = rows
  }

  /// What the prompt conditioner reads: the conditional and the null version,
  /// [2][3][frames + 1].
  ///
  /// Cut or padded with the special token to `frames`; a begin column (the end token) goes in
  /// front; a row that begins with the special token is special throughout. The null version is
  /// special throughout.
  public static func columns(
    _ prompt: PromptTokens?, codeSize: Int, frames: Int
  ) -> [[[Int32]]] {
    let (end, special) = (Int32(codeSize), Int32(codeSize) + 1)
    let nothing = [Int32](repeating: special, count: frames + 1)
    let conditional = (0..<3).map { row -> [Int32] in
      guard let tokens = prompt?.rows[row], let first = tokens.first, first != special else {
        return nothing
      }
      let kept = tokens.prefix(frames)
      let padding = repeatElement(special, count: frames - kept.count)
      return [end] + kept + padding
    }
    return [conditional, [nothing, nothing, nothing]]
  }
}
