import Neural
import Synchronization

/// What a model made of null prefixes, for the songs that come after.
///
/// The null row of guidance reads the same prefix for every request, or one of two (v2), so its keys
/// and values are computed once. Taking them from here changes no bit of a song.
public final class PrefixStore: Sendable {
  /// What one guidance row reads before the first column.
  struct Key: Hashable, Sendable {
    let lyrics: [Int32]
    let structure: [Int32]
    let style: [Int32]
    let prompt: [[Int32]]
    let arithmetic: Arithmetic

    init(_ ids: ConditionIDs, row: Int, arithmetic: Arithmetic) {
      lyrics = ids.lyrics[row]
      structure = ids.structure[row]
      style = ids.style[row]
      prompt = ids.prompt[row]
      self.arithmetic = arithmetic
    }
  }

  /// Both transformers' caches after a prefix.
  struct Entry: Sendable {
    let mixed: CacheSnapshot
    let dual: CacheSnapshot
  }

  /// The most prefixes kept.
  private static let limit = 2
  private let entries = Mutex<[(key: Key, entry: Entry)]>([])

  public init() {}

  subscript(key: Key) -> Entry? {
    entries.withLock { $0.first { $0.key == key }?.entry }
  }

  /// Keeps an entry, in place of the oldest if there are too many.
  func keep(_ entry: Entry, for key: Key) {
    entries.withLock { entries in
      guard !entries.contains(where: { $0.key == key }) else { return }
      if entries.count == Self.limit { entries.removeFirst() }
      entries.append((key, entry))
    }
  }
}
