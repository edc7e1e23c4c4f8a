import Diagnostics

/// The order and the header of a safetensors file that is written tensor by tensor.
///
/// The format wants the data without a hole, so alignment comes from the order: the header is padded
/// with spaces so that the data begins on a page; tensors of whole pages come first and so begin on
/// a page each; the rest follows by the size of its elements, and so every tensor lies aligned to it.
///
///     let layout = try SafetensorsLayout(tensors, metadata: [:])
///     try sink.write(layout.header)
///     for tensor in layout.tensors { … tensor.byteCount bytes each … }
public struct SafetensorsLayout: Sendable {
  /// Bytes of a page, as far as the order is concerned.
  public static let page = 4096

  /// The tensors in the order in which their bytes follow each other.
  public let tensors: [TensorSpec]
  /// Length, JSON and padding.
  public let header: [UInt8]
  /// Bytes of the whole file.
  public let fileSize: Int

  /// - Throws: `data` when two tensors have one name, or a size is impossible.
  public init(_ tensors: [TensorSpec], metadata: [String: String]) throws(WeightsFailure) {
    var sized: [(spec: TensorSpec, size: Int)] = []
    var names: Set<String> = []
    for spec in tensors {
      guard let size = spec.byteCount, size < 1 << 56 else {
        throw .malformed(spec.name, "is impossibly large")
      }
      guard names.insert(spec.name).inserted, spec.name != "__metadata__" else {
        throw .malformed(spec.name, "is the name of two tensors, or a reserved one")
      }
      sized.append((spec, size))
    }
    func rank(_ item: (spec: TensorSpec, size: Int)) -> (Int, Int, String) {
      let isPaged = item.size > 0 && item.size % Self.page == 0
      return (isPaged ? 0 : 1, isPaged ? 0 : -item.spec.type.size, item.spec.name)
    }
    sized.sort { rank($0) < rank($1) }
    self.tensors = sized.map(\.spec)

    var entries: [String] = []
    if !metadata.isEmpty {
      let pairs = metadata.sorted { $0.key < $1.key }.map {
        Self.quoted($0.key) + ":" + Self.quoted($0.value)
      }
      entries.append("\"__metadata__\":{" + pairs.joined(separator: ",") + "}")
    }
    var offset = 0
    for (spec, size) in sized {
      let shape = spec.shape.map(String.init).joined(separator: ",")
      entries.append(
        "\(Self.quoted(spec.name)):{\"dtype\":\"\(spec.type.rawValue)\",\"shape\":[\(shape)],"
          + "\"data_offsets\":[\(offset),\(offset + size)]}")
      offset += size
    }
    var json = Array(("{" + entries.joined(separator: ",") + "}").utf8)
    let padding = Self.page - 1 - (json.count + 8 + Self.page - 1) % Self.page
    json += Array(repeating: UInt8(ascii: " "), count: padding)
    header = withUnsafeBytes(of: UInt64(json.count).littleEndian, Array.init) + json
    fileSize = header.count + offset
  }

  /// `text` as a JSON string.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\u{0}"..<" ":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
