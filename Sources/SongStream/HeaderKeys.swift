/// The members of a JSON object, taken out one by one; those that nobody asked for remain.
struct HeaderKeys {
  /// What has not been taken.
  private(set) var rest: [String: JSONValue]
  private let owner: String

  /// - Parameter owner: What the object is, for messages.
  init(_ json: JSONValue, _ owner: String) throws(StreamFailure.Reason) {
    guard let object = json.object else { throw .header("\(owner) is not a JSON object") }
    rest = object
    self.owner = owner
  }

  mutating func take(_ key: String) -> JSONValue? {
    rest.removeValue(forKey: key)
  }

  mutating func required(_ key: String) throws(StreamFailure.Reason) -> JSONValue {
    guard let value = take(key) else { throw .header("\(owner) has no '\(key)'") }
    return value
  }

  mutating func text(_ key: String) throws(StreamFailure.Reason) -> String {
    guard let text = try required(key).string else {
      throw .header("'\(key)' of \(owner) is not a string")
    }
    return text
  }

  /// The integer of an optional key.
  mutating func integer(_ key: String) throws(StreamFailure.Reason) -> Int? {
    guard let value = take(key) else { return nil }
    guard let integer = value.integer else {
      throw .header("'\(key)' of \(owner) is not an integer")
    }
    return Int(integer)
  }

  mutating func integers(_ key: String) throws(StreamFailure.Reason) -> [Int] {
    let integers = try required(key).array?.map(\.integer)
    guard let integers, !integers.contains(nil) else {
      throw .header("'\(key)' of \(owner) is not an array of integers")
    }
    return integers.compactMap { $0.map { Int($0) } }
  }

  /// The elements of an optional key, each made by `make`.
  mutating func list<Element>(
    _ key: String,
    _ make: (JSONValue) throws(StreamFailure.Reason) -> Element
  ) throws(StreamFailure.Reason) -> [Element] {
    guard let value = take(key) else { return [] }
    guard let values = value.array else {
      throw .header("'\(key)' of \(owner) is not an array")
    }
    return try values.map(make)
  }
}
