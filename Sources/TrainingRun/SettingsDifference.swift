import Diagnostics
public import SongStream

/// One setting that two configurations of a run do not agree on.
public struct SettingsDifference: Sendable, Hashable {
  /// Where it is: keys parted by full stops, `optimiser.rate`.
  public let key: String
  /// Its value in either; nil where it is missing.
  public let old: JSONValue?
  public let new: JSONValue?

  /// All that differs, by key. Numbers of one value are the same however they are written.
  public static func all(_ old: JSONValue, _ new: JSONValue) -> [SettingsDifference] {
    compare(old, new, key: "")
  }

  private static func compare(
    _ old: JSONValue?, _ new: JSONValue?, key: String
  ) -> [SettingsDifference] {
    if old == new { return [] }
    if let one = old?.object, let other = new?.object {
      return Set(one.keys).union(other.keys).sorted().flatMap { name in
        compare(one[name], other[name], key: key.isEmpty ? name : key + "." + name)
      }
    }
    if let old, let new, isFraction(old) || isFraction(new), old.double == new.double,
      old.double != nil
    {
      return []
    }
    return [SettingsDifference(key: key, old: old, new: new)]
  }

  private static func isFraction(_ value: JSONValue) -> Bool {
    if case .number = value { true } else { false }
  }

  /// `'rate' is 0.001 there and 0.002 now`.
  var text: String {
    func shown(_ value: JSONValue?) -> String {
      value.map { printable($0.printed(), limit: 60) } ?? "missing"
    }
    return "'\(printable(key, limit: 80))' is \(shown(old)) there and \(shown(new)) now"
  }
}
