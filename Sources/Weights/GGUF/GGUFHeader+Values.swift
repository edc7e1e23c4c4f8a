import Diagnostics

extension GGUFHeader {
  /// The part of a model that the file says it is.
  func part(_ file: String) throws(WeightsFailure) -> GGUFPart {
    guard let architecture = values["general.architecture"]?.text else {
      throw .malformed(file, "lacks the key 'general.architecture'")
    }
    guard let part = GGUFPart(rawValue: architecture) else {
      throw .malformed(
        file,
        "is a GGUF file for '\(printable(architecture, limit: 40))'; those for 'levo2', 'levo2_flow' "
          + "and 'levo2_vae' are known")
    }
    return part
  }

  /// A whole number in a range.
  func integer(
    _ key: String, _ range: ClosedRange<Int>, file: String
  ) throws(WeightsFailure) -> Int {
    guard let value = values[key] else { throw .malformed(file, "lacks the key '\(key)'") }
    guard case .integer(let number) = value, range.contains(number) else {
      throw .malformed(
        file, "'\(key)' is not a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// A number.
  func number(_ key: String, file: String) throws(WeightsFailure) -> Double {
    switch values[key] {
    case .integer(let number): return Double(number)
    case .number(let number) where number.isFinite: return number
    case nil: throw .malformed(file, "lacks the key '\(key)'")
    default: throw .malformed(file, "'\(key)' is not a number")
    }
  }

  /// A list of whole numbers.
  func integers(_ key: String, file: String) throws(WeightsFailure) -> [Int] {
    guard let value = values[key] else { throw .malformed(file, "lacks the key '\(key)'") }
    guard let list = value.integers, list.count <= 64 else {
      throw .malformed(file, "'\(key)' is not a list of at most 64 whole numbers")
    }
    return list
  }

  /// The keys that hold a single value of at most 1024 bytes, as text.
  var metadata: [String: String] {
    var result: [String: String] = [:]
    for (key, value) in values {
      switch value {
      case .integer(let number): result[key] = String(number)
      case .number(let number): result[key] = String(number)
      case .bool(let truth): result[key] = String(truth)
      case .string(let bytes) where bytes.count <= 1024: result[key] = value.text
      case .string, .array, .huge: break
      }
    }
    return result
  }
}
