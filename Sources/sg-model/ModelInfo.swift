import Diagnostics
import ModelImport
import SongStream
import ToolSupport
import Weights

/// What a model is, as a table and as JSON.
struct ModelInfo {
  private let model: ModelDirectory
  private let inspection: ModelInspection

  init(_ model: ModelDirectory, _ inspection: ModelInspection) {
    self.model = model
    self.inspection = inspection
  }

  /// Facts of the manifest that there is a word for.
  private var facts: [(name: String, value: String)] {
    let manifest = model.manifest
    var facts = [("model", model.name)]
    if manifest?.toy == true { facts.append(("toy", "only shows how the tools work")) }
    if let version = manifest?.requestVersion { facts.append(("request version", version)) }
    for (key, value) in (manifest?.dimensions ?? [:]).sorted(by: { $0.key < $1.key }) {
      facts.append((key, String(value)))
    }
    if let provenance = manifest?.provenance {
      facts.append(("written by", provenance.tool))
      for source in provenance.sources {
        facts.append(("from", "\(source.name), SHA-256 \(source.sha256)"))
      }
    }
    if let licence = manifest?.licence?.split(separator: "\n").first {
      facts.append(("licence", String(licence)))
    }
    return facts
  }

  var text: String {
    var lines = facts.map { "\(printable($0.name))\t\(printable($0.value))" }
    for part in inspection.parts {
      let types = part.types.map { "\($0.type.rawValue) \(byteSize($0.bytes))" }
      var line =
        "\(part.role.rawValue)\t\(printable(part.path))\t\(part.tensors.format.rawValue)\t"
        + "\(part.tensors.names.count) tensors\t\(types.joined(separator: ", "))"
      if part.report?.isWhole == false { line += "\tnot whole" }
      if part.report?.readsReference == false { line += "\tno encoder" }
      lines.append(line)
    }
    return lines.map { $0 + "\n" }.joined()
  }

  var json: JSONValue {
    var object: [String: JSONValue] = ["name": .string(model.name)]
    let manifest = model.manifest
    object["toy"] = .bool(manifest?.toy ?? false)
    if let version = manifest?.requestVersion { object["requestVersion"] = .string(version) }
    if let dimensions = manifest?.dimensions {
      object["dimensions"] = .object(dimensions.mapValues { .integer(Int64($0)) })
    }
    if let licence = manifest?.licence { object["licence"] = .string(licence) }
    if let provenance = manifest?.provenance {
      object["tool"] = .string(provenance.tool)
      object["sources"] = .array(
        provenance.sources.map {
          [
            "role": .string($0.role), "name": .string($0.name), "bytes": .integer(Int64($0.bytes)),
            "sha256": .string($0.sha256),
          ]
        })
    }
    object["parts"] = .array(
      inspection.parts.map { part in
        let types = part.types.map { ($0.type.rawValue, JSONValue.integer(Int64($0.bytes))) }
        return [
          "role": .string(part.role.rawValue), "path": .string(part.path),
          "format": .string(part.tensors.format.rawValue),
          "tensors": .integer(Int64(part.tensors.names.count)),
          "bytes": .object(Dictionary(types) { $1 }),
          "whole": .bool(part.report?.isWhole ?? false),
          "readsReference": .bool(part.report?.readsReference ?? false),
        ]
      })
    return .object(object)
  }
}
