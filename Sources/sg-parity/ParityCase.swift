import Diagnostics

/// One comparison with a reference tensor.
struct ParityCase {
  /// Folder, file and tensor.
  var name: String
  /// The largest absolute difference; infinite where shapes differ or a number is not finite.
  var difference: Double
  /// What it may be; 0 for integers.
  var tolerance: Double
  /// Why there is nothing to compare: a file is malformed, a model cannot be opened.
  var problem: String?

  var passed: Bool { problem == nil && difference <= tolerance }

  /// One line: verdict, name, difference, tolerance.
  var line: String {
    if let problem { return "FAIL \(name)  \(problem)" }
    return
      "\(passed ? "ok  " : "FAIL") \(name)  max \(Self.short(difference))  tolerance \(Self.short(tolerance))"
  }

  private static func short(_ value: Double) -> String {
    if value == 0 { return "0" }
    guard value.isFinite, value > 0 else { return "\(value)" }
    var (mantissa, exponent) = (value, 0)
    while mantissa >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    while mantissa < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    return "\((mantissa * 100).rounded() / 100)e\(exponent)"
  }
}

/// Takes each case as it is done.
typealias ParityReport = (ParityCase) -> Void

/// Runs the cases called `name`; where they cannot be run at all, that is a failed case.
func attempt(_ name: String, _ report: ParityReport, _ cases: () throws -> Void) {
  do {
    try cases()
  } catch {
    report(
      ParityCase(
        name: printable(name), difference: .infinity, tolerance: 0,
        problem: printable("\(error)", limit: 500)))
  }
}
