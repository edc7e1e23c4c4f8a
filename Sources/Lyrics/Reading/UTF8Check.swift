/// Text from bytes that may be no text.
enum UTF8Check {
  /// The text, or how many characters stand before the first byte that is not UTF-8.
  static func text(_ bytes: [UInt8]) -> Result<String, Broken> {
    if let text = String(validating: bytes, as: UTF8.self) { return .success(text) }
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var characters: [Unicode.Scalar] = []
    while case .scalarValue(let scalar) = decoder.decode(&iterator) { characters.append(scalar) }
    return .failure(Broken(before: characters))
  }

  /// Where the text breaks.
  struct Broken: Error {
    let before: [Unicode.Scalar]
  }
}
