import Diagnostics
import ModelImport
import ToolSupport
import Weights

/// What an import found, for a person.
struct ImportReport {
  private let plan: ImportPlan

  init(_ plan: ImportPlan) { self.plan = plan }

  func tell(_ console: Console) {
    for part in plan.parts {
      let source = part.source
      let bytes = part.names.reduce(0) { $0 + (source.tensors.view($1)?.bytes.count ?? 0) }
      console.note(
        "\(part.role.rawValue): \(part.names.count) tensors, \(byteSize(bytes)), of "
          + "\(printable(source.path)) (\(source.tensors.format.rawValue))")
      for finding in part.report.spareRows {
        console.note("\(part.role.rawValue): '\(finding.name)' \(finding.text), kept")
      }
      tellLeftOut(part, console)
    }
    for copy in plan.copies where copy.isSource {
      console.note("\(copy.role.rawValue): \(printable(copy.source.name))")
    }
    for note in plan.notes { console.note(note) }
    for text in plan.missing { console.note("not there: \(text)") }
    for text in plan.warnings { console.warning(text) }
  }

  /// Unused tensors by reason; each by name with --verbose.
  private func tellLeftOut(_ part: ImportPlan.Part, _ console: Console) {
    let kept = Set(part.names)
    var reasons: [(reason: String, names: [String])] = []
    for finding in part.report.unused where !kept.contains(finding.name) {
      if let index = reasons.firstIndex(where: { $0.reason == finding.text }) {
        reasons[index].names.append(finding.name)
      } else {
        reasons.append((finding.text, [finding.name]))
      }
    }
    for (reason, names) in reasons {
      console.note(
        "\(part.role.rawValue): left out: '\(printable(names[0]))'"
          + (names.count > 1 ? " and \(names.count - 1) more" : "") + ", \(reason)")
      for name in names { console.detail("left out: '\(printable(name))'") }
    }
    for name in part.report.unknown { console.detail("not known: '\(printable(name))'") }
  }
}
