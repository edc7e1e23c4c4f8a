import ArgumentParser
import Diagnostics
import ModelImport
import ToolSupport
import Weights

/// The option that says in what form parts are kept.
struct QuantizeOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Forms of parts, such as lm=q8,flow=bf16,vae=f32.",
      discussion: """
        lm is one of f32, f16, bf16, q8, q4; flow is f32, f16, bf16 or q8; vae is f32, f16 or bf16. \
        Parts that are not named stay as they are.
        """, valueName: "forms"))
  var quantize: String?

  /// The parts by the names that users give.
  static let roles: [String: ModelRole] = ["lm": .lm, "flow": .codec, "vae": .vae]

  /// Part and form of each entry.
  var entries: [(part: String, form: String)] {
    (quantize ?? "").split(separator: ",").map { entry in
      let sides = entry.split(separator: "=", maxSplits: 1).map(String.init)
      return (sides.first ?? "", sides.count == 2 ? sides[1] : "")
    }
  }

  /// The forms of our own files.
  func stored() throws -> [ModelRole: StoredPrecision] {
    var result: [ModelRole: StoredPrecision] = [:]
    for (part, form) in entries {
      guard let role = Self.roles[part] else { throw Self.unknown(part) }
      guard let precision = StoredPrecision(rawValue: form),
        StoredPrecision.choices(role).contains(precision)
      else {
        let choices = StoredPrecision.choices(role).map(\.rawValue).joined(separator: ", ")
        throw ValidationError("'--quantize \(printable(part))=\(printable(form))': give \(choices)")
      }
      result[role] = precision
    }
    return result
  }

  /// The forms of GGUF files.
  func gguf() throws -> [ModelRole: GGUFExport.Precision] {
    var result: [ModelRole: GGUFExport.Precision] = [.lm: .f16, .codec: .f32, .vae: .f32]
    for (part, form) in entries {
      guard let role = Self.roles[part] else { throw Self.unknown(part) }
      guard let precision = GGUFExport.Precision(rawValue: form), role != .vae || precision != .q8
      else {
        throw ValidationError(
          "'--quantize \(printable(part))=\(printable(form))': GGUF files have f32 and f16"
            + (role == .vae ? "" : " and q8"))
      }
      result[role] = precision
    }
    return result
  }

  private static func unknown(_ part: String) -> ValidationError {
    ValidationError("'--quantize \(printable(part))': the parts are lm, flow and vae")
  }
}
