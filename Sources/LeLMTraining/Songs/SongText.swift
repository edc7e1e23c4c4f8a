import Gradients
public import LeLM
import TextTokens

/// Songs' texts as the conditioners' ids.
public struct SongText: Sendable {
  private let conditions: TextConditions
  private let phoneIDs: Set<Int32>
  private let labelIDs: Set<Int32>
  /// Padding.
  let endOfText: Int32

  public init(_ conditions: TextConditions) {
    self.conditions = conditions
    let tokenizer = conditions.lyrics.tokenizer
    endOfText = tokenizer.endOfText
    phoneIDs = Set(
      Phoneme.symbols.compactMap { symbol -> Int32? in
        let ids = tokenizer.encode(" " + symbol)
        return ids.count == 1 ? ids[0] : nil
      })
    labelIDs = Set(conditions.labels.compactMap(tokenizer.id(ofAdded:)))
  }

  /// How many ids lyrics and descriptions can have, and how many section labels there are.
  public var rows: (lyrics: Int, style: Int, sections: Int) {
    (
      conditions.lyrics.tokenizer.rows, conditions.style.tokenizer.rows, conditions.labels.count
    )
  }

  /// Ids of one text condition, padded to the model's length.
  struct Condition {
    /// [length]
    let ids: [Int32]
    /// [length]
    let structure: [Int32]
    /// Ids before padding, `<|im_start|>` included.
    let count: Int
  }

  /// The lyrics; nil for the null text.
  func lyrics(_ text: String?) -> Condition {
    let rows = conditions.lyrics.rows(
      LMText(
        lyrics: text ?? "", description: nil, accompanimentOnly: false,
        version: conditions.version))
    let row = text == nil ? 1 : 0
    return Condition(
      ids: rows.ids[row], structure: rows.structure[row],
      count: min(rows.counts[row], rows.ids[row].count))
  }

  /// The description of `tags`; nil for the null text.
  func style(_ tags: [String]?) -> Condition {
    let text = LMText(
      lyrics: "", description: (tags?.isEmpty ?? true) ? nil : tags?.joined(separator: ", "),
      accompanimentOnly: false, version: conditions.version)
    let rows = conditions.style.rows(text)
    let row = tags == nil ? 1 : 0
    return Condition(
      ids: rows.ids[row], structure: rows.structure[row],
      count: min(rows.counts[row], rows.ids[row].count))
  }

  /// Where the phones and the section labels stand among `ids`.
  func places(_ ids: ArraySlice<Int32>) -> (phones: [Int], labels: [Int]) {
    (
      ids.indices.filter { phoneIDs.contains(ids[$0]) },
      ids.indices.filter { labelIDs.contains(ids[$0]) }
    )
  }

  /// Whether `song`'s lyrics fit the model.
  public func fits(_ song: TrainingSong) -> Bool {
    !conditions.lyrics.rows(
      LMText(
        lyrics: song.lyrics, description: nil, accompanimentOnly: false,
        version: conditions.version)
    ).isCut
  }
}
