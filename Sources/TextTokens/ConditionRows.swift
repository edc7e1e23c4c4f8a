/// The ids of one condition: the row that asks for something and the null row, both padded or cut
/// to the length that the model expects.
public struct ConditionRows: Sendable, Hashable {
  /// `[2][maxLength]`: conditional, null.
  public let ids: [[Int32]]
  /// `[2][maxLength]`: which section label an id belongs to, from 1; 0 for none and for padding.
  public let structure: [[Int32]]
  /// Ids of each row before padding or cutting, `<|im_start|>` included.
  public let counts: [Int]

  /// Whether the end of the text did not fit.
  public var isCut: Bool { counts.contains { $0 > (ids.first?.count ?? 0) } }

  /// - Parameter texts: the conditional text and the null text; nil is null.
  init(
    _ texts: [String?], tokenizer: Tokenizer, labels: Set<Int32>, maxLength: Int
  ) {
    let rows = texts.map { tokenizer.encode("<|im_start|>" + ($0 ?? "")) }
    counts = rows.map(\.count)
    func fit(_ row: [Int32], padding: Int32) -> [Int32] {
      row.prefix(maxLength) + [Int32](repeating: padding, count: max(0, maxLength - row.count))
    }
    ids = rows.map { fit($0, padding: tokenizer.endOfText) }
    structure = rows.map { row in
      // Ids of the padding token inside the text shorten the last section, as in the reference.
      let count = row.count { $0 != tokenizer.endOfText }
      var section: Int32 = 0
      var last = 0
      var result = row.indices.map { index -> Int32 in
        if labels.contains(row[index]) {
          section = row[index] - tokenizer.imEnd
          last = index
        }
        return section
      }
      for index in row.indices.dropFirst(max(last, count)) { result[index] = 0 }
      return fit(result, padding: 0)
    }
  }
}
