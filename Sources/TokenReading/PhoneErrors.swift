/// How far phones that were read are from those that were asked for: Levenshtein's distance.
public struct PhoneErrors: Sendable, Hashable {
  /// Phones left out, sung beyond those that were asked for, or sung in the place of another.
  public var errors: Int
  /// Phones asked for.
  public var phones: Int

  public init(errors: Int, phones: Int) {
    self.errors = errors
    self.phones = phones
  }

  /// - Complexity: O(n m).
  public init(_ read: [UInt8], of wanted: [UInt8]) {
    var row = Array(0...wanted.count)
    for (index, phone) in read.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in wanted.indices {
        let changed = diagonal + (phone == wanted[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(row[column] + 1, row[column + 1] + 1, changed)
      }
    }
    self.init(errors: row[wanted.count], phones: wanted.count)
  }

  /// Errors by phones; may be above 1. Nil where no phone was asked for.
  public var rate: Double? { phones > 0 ? Double(errors) / Double(phones) : nil }

  static func + (one: PhoneErrors, other: PhoneErrors) -> PhoneErrors {
    PhoneErrors(errors: one.errors + other.errors, phones: one.phones + other.phones)
  }
}
