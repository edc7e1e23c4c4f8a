/// Every limit on what this module reads.
public enum TextLimits {
  /// Bytes of `vocab.json`, `merges.txt` or a lexicon.
  public static let fileBytes = 64 << 20
  /// Bytes of `tokenizer_config.json`.
  public static let configurationBytes = 4 << 20
  /// Entries of a vocabulary, merges, words of a lexicon; ids lie below it, too.
  public static let entries = 2 << 20
  /// Added tokens of one tokenizer.
  public static let addedTokens = 1024
  /// UTF-8 bytes of one added token.
  public static let addedTokenBytes = 256
  /// Ids in one row of a condition.
  public static let rowLength = 65_536
}
