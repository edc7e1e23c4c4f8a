import Foundation
import Weights

/// Builds zip archives and pickles, good ones and bad ones.
enum TorchBuilder {
  struct Entry {
    var name: String
    var bytes: [UInt8]
    var method: UInt16 = 0
    /// The size that the directory tells; nil for the true one.
    var size: UInt32?
    /// The local header that the directory points to; nil for its own.
    var offset: UInt32?
  }

  static func field<T: FixedWidthInteger>(_ value: T) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian, Array.init)
  }

  static func zip(_ entries: [Entry]) -> [UInt8] {
    var file: [UInt8] = []
    var directory: [UInt8] = []
    for entry in entries {
      let name = Array(entry.name.utf8)
      let size = UInt32(entry.bytes.count)
      let start = UInt32(file.count)
      let common = field(entry.method) + field(UInt32(0)) + field(UInt32(0))
      let lengths = field(UInt16(name.count)) + field(UInt16(0))
      file += [0x50, 0x4B, 3, 4, 20, 0, 0, 0] + common + field(size) + field(size) + lengths
      file += name + entry.bytes
      let told = entry.size ?? size
      directory += [0x50, 0x4B, 1, 2, 20, 0, 20, 0, 0, 0] + common + field(told) + field(told)
      directory += lengths + [UInt8](repeating: 0, count: 10)
      directory += field(entry.offset ?? start) + name
    }
    let count = field(UInt16(entries.count))
    return file + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + count + count
      + field(UInt32(directory.count)) + field(UInt32(file.count)) + [0, 0]
  }

  /// An archive of a pickle and one storage of 16 bytes with the key 0.
  static func archive(_ pickle: [UInt8], _ others: [Entry] = []) -> [UInt8] {
    zip(
      [
        Entry(name: "a/data.pkl", bytes: pickle),
        Entry(name: "a/data/0", bytes: [UInt8](repeating: 1, count: 16)),
      ] + others)
  }

  static func text(_ text: String) -> [UInt8] {
    [0x58] + field(UInt32(text.utf8.count)) + Array(text.utf8)
  }

  static func integer(_ value: Int) -> [UInt8] { [0x8A, 8] + field(Int64(value)) }

  static func tuple(_ values: [Int]) -> [UInt8] { [0x28] + values.flatMap(integer) + [0x74] }

  /// A tensor of the storage with the key 0.
  static func tensor(
    offset: Int = 0, shape: [Int], strides: [Int], count: Int = 4, key: String = "0"
  ) -> [UInt8] {
    let storage =
      [0x28] + text("storage") + Array("ctorch\nFloatStorage\n".utf8) + text(key) + text("cpu")
      + integer(count) + [0x74, 0x51]
    return Array("ctorch._utils\n_rebuild_tensor_v2\n".utf8) + [0x28] + storage + integer(offset)
      + tuple(shape) + tuple(strides) + [0x89] + Array("ccollections\nOrderedDict\n)RtR".utf8)
  }

  /// A dictionary.
  static func dictionary(_ entries: [(String, [UInt8])]) -> [UInt8] {
    [0x80, 2, 0x7D, 0x28] + entries.flatMap { text($0.0) + $0.1 } + [0x75, 0x2E]
  }
}
