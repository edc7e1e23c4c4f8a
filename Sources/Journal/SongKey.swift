import Hashing
public import SongStream

/// What tells the songs of a batch apart: the name, and the request, so that one that was changed is
/// made again.
public struct SongKey: Sendable, Hashable {
  public let id: String
  /// SHA-256 of the request's JSON.
  public let request: String

  public init(_ header: SongHeader) {
    self.init(id: header.id, request: header.request)
  }

  public init(id: String, request: JSONValue?) {
    self.id = id
    let digest = SHA256()
    (request ?? .null).encoded().withUnsafeBytes { digest.add($0) }
    self.request = digest.hexadecimal()
  }
}
