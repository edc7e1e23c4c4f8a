public import Hashing

extension SHA256 {
  /// The digest of a whole file, read in steps whose pages are given back.
  ///
  /// - Parameter step: told how many bytes each step took.
  public static func hexadecimal(
    of file: MappedFile, step: (Int) throws -> Void = { _ in }
  ) rethrows -> String {
    let hash = SHA256()
    try file.walk { part in
      hash.add(part)
      try step(part.count)
    }
    return hash.hexadecimal()
  }
}
