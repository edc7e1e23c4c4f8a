public import ArgumentParser
import Diagnostics

/// The options of the tools that run a model: what the work would take, and how much memory it may take.
public struct ResourceOptions: ParsableArguments {
  @Flag(help: "Print the estimated seconds and bytes of each song; make none.")
  public var dryRun = false

  @Option(
    help: ArgumentHelp(
      "Refuse songs that would take more memory than this, such as 4G.", valueName: "size"))
  public var maxMem: MemorySize?

  public init() {}

  /// Checks what a song would take against `--max-mem`.
  ///
  /// - Throws: ``ToolFailure`` with status 69 that names the figure that would do.
  public func admit(bytes: Int) throws(ToolFailure) {
    guard let maxMem, bytes > maxMem.bytes else { return }
    throw ToolFailure(
      .unavailable,
      "needs about \(byteSize(bytes)) of memory, '--max-mem' allows \(byteSize(maxMem.bytes)); "
        + "give '--max-mem \(MemorySize.enough(for: bytes))', a shorter song or a smaller model")
  }
}

/// A number of bytes as a user writes it: `800M`, `4G`, `1.5GiB`, `123456`.
///
/// k, M, G and T are powers of ten, Ki, Mi, Gi and Ti powers of two; a B may follow.
public struct MemorySize: ExpressibleByArgument, Sendable, Hashable {
  public let bytes: Int

  public init?(argument: String) {
    var text = argument[...]
    if text.last == "B" || text.last == "b" { text.removeLast() }
    var base = 1000.0
    if text.last == "i" {
      text.removeLast()
      base = 1024
      guard let last = text.last, "kmgt".contains(last.lowercased()) else { return nil }
    }
    var factor = 1.0
    if let last = text.last, let power = Array("kmgt").firstIndex(of: Character(last.lowercased()))
    {
      text.removeLast()
      for _ in 0...power { factor *= base }
    }
    guard !text.isEmpty, text.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }),
      let value = Double(text), value > 0, value * factor < 0x1p62, value * factor >= 1
    else { return nil }
    bytes = Int(value * factor)
  }

  /// The least whole number of megabytes that holds `bytes`.
  static func enough(for bytes: Int) -> String { "\((bytes + 999_999) / 1_000_000)M" }
}

/// What one song would take.
public struct ResourceEstimate: Sendable, Hashable {
  /// Wall-clock seconds.
  public var seconds: Double
  /// Peak bytes of the process, mapped weights included.
  public var bytes: Int

  public init(seconds: Double, bytes: Int) {
    self.seconds = seconds
    self.bytes = bytes
  }

  /// The line that `--dry-run` prints: id, seconds and bytes, separated by tabs.
  public func line(song id: String) -> String {
    "\(printable(id))\t\(decimal(seconds, places: 1))\t\(bytes)"
  }
}
