import Diagnostics
import ModelImport
import SongStream
import ToolSupport

/// What tensors lost when they were rewritten, for a person or a program.
final class RoundingReport {
  private let console: Console
  private let json: Bool
  private var errors: [RoundingError] = []

  init(_ console: Console, json: Bool) {
    self.console = console
    self.json = json
  }

  /// Takes the error of a tensor.
  func add(_ error: RoundingError) {
    errors.append(error)
    if !json {
      console.detail(
        "'\(printable(error.name))' as \(error.form): relative error \(short(error.relative)), "
          + "largest \(short(error.largest))")
    }
  }

  /// Prints what was collected: each tensor as JSON, or a summary of each form.
  func finish() throws {
    if json {
      let output = StandardOutput()
      for error in errors {
        try output.line(
          JSONValue.object([
            "tensor": .string(error.name), "form": .string(error.form),
            "relative": .number(error.relative), "largest": .number(error.largest),
          ]).printed())
      }
      return
    }
    for form in Set(errors.map(\.form)).sorted() {
      let group = errors.filter { $0.form == form }
      let mean = group.reduce(0) { $0 + $1.relative } / Double(group.count)
      guard let worst = group.max(by: { $0.relative < $1.relative }) else { continue }
      console.note(
        "\(form): \(group.count) tensors, relative error \(short(mean)) on average, at most "
          + "\(short(worst.relative)) ('\(printable(worst.name))')")
    }
  }

  /// Three digits that count.
  private func short(_ value: Double) -> String {
    guard value > 0 else { return "0" }
    var (digits, exponent) = (value, 0)
    while digits >= 10 { (digits, exponent) = (digits / 10, exponent + 1) }
    while digits < 1 { (digits, exponent) = (digits * 10, exponent - 1) }
    return decimal(digits, places: 2) + (exponent == 0 ? "" : "e\(exponent)")
  }
}
