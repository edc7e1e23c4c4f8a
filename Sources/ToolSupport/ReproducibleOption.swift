public import ArgumentParser
import Diagnostics

/// The option of the tools that compute: the same bytes on other processors, too.
public struct ReproducibleOption: ParsableArguments {
  @Flag(help: "The same bytes on all processors with AVX2 (default: on this one).")
  public var reproducible = false

  public init() {}

  /// Calls `hold` if the user asks for it, before anything is computed.
  ///
  /// - Parameter hold: false where the processor lacks what it takes.
  /// - Throws: ``ToolFailure`` (69) then.
  public func apply(_ hold: () -> Bool) throws(ToolFailure) {
    guard reproducible, !hold() else { return }
    throw ToolFailure(
      .unavailable,
      "'--reproducible' needs a processor with AVX2, FMA and F16C, and this one has none, or SG_CPU "
        + "forbids them; leave it out")
  }
}
