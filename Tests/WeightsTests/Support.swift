import Foundation
import Weights

/// Builds safetensors files, good ones and bad ones.
enum Safetensors {
  /// A file with this JSON and this data.
  static func file(_ json: String, data: [UInt8]) -> [UInt8] {
    let header = Array(json.utf8)
    return withUnsafeBytes(of: UInt64(header.count).littleEndian, Array.init) + header + data
  }

  /// A file of f32 tensors with the given shapes, filled with 0, 1, 2, …
  static func floats(_ tensors: [String: [Int]]) -> [UInt8] {
    var entries: [String] = []
    var data: [UInt8] = []
    for (name, shape) in tensors.sorted(by: { $0.key < $1.key }) {
      let begin = data.count
      for index in 0..<shape.reduce(1, *) {
        data += withUnsafeBytes(of: Float(index).bitPattern.littleEndian, Array.init)
      }
      entries.append(
        "\"\(name)\":{\"dtype\":\"F32\",\"shape\":\(shape),\"data_offsets\":[\(begin),\(data.count)]}"
      )
    }
    return file("{" + entries.joined(separator: ",") + "}", data: data)
  }

  static func open(_ bytes: [UInt8]) throws -> TensorFile {
    try TensorFile(MappedFile(name: "test.safetensors", copying: bytes))
  }
}

/// A folder that goes away with this object.
final class TemporaryFolder {
  let path: String

  init() throws {
    let template = FileManager.default.temporaryDirectory.appending(path: "sg-weights-XXXXXX").path
    var name = Array(template.utf8CString)
    guard let made = mkdtemp(&name) else { throw CocoaError(.fileWriteUnknown) }
    path = String(cString: made)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ bytes: some Sequence<UInt8>) throws {
    let url = URL(filePath: path).appending(path: name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  func write(_ name: String, _ text: String) throws { try write(name, text.utf8) }
}

/// A small generator whose numbers are the same in every run.
struct Dice {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func roll(_ sides: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state >> 33) % sides
  }
}

/// What a call throws, as text; `nil` when it does not.
func failure(_ body: () throws -> Void) -> String? {
  do {
    try body()
    return nil
  } catch {
    return "\(error)"
  }
}
