public import Foundation

/// Where the repository and its fixtures lie, seen from a test.
public enum Fixtures {
  /// The root of the checkout.
  public static let repository: URL = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// `Tests/Fixtures/NAME`.
  public static func url(_ name: String) -> URL {
    repository.appending(path: "Tests/Fixtures").appending(path: name)
  }
}
