import CKernels
import FoundationEssentials
import Glibc
import Neural
import Weights

/// A tensor file in memory, with small random numbers, for timing at any dimensions.
struct RandomTensors {
  private struct Entry {
    let name: String
    let type: String
    let shape: [Int]
    let bytes: Int
    /// Kept and set bits of every 64 random ones.
    let mask: UInt64
    let bits: UInt64
  }

  private static let halfMask: UInt64 = 0x83FF_83FF_83FF_83FF
  private var entries: [Entry] = []

  /// Adds a tensor in f16: signs and mantissas are random, exponents make numbers of 0.01 to 0.03.
  mutating func add(_ name: String, _ shape: Int...) {
    entries.append(
      Entry(
        name: name, type: "F16", shape: shape, bytes: shape.reduce(2, *),
        mask: Self.halfMask, bits: 0x2000_2000_2000_2000))
  }

  /// Adds a norm weight of ones.
  mutating func addOnes(_ name: String, _ count: Int) {
    entries.append(
      Entry(
        name: name, type: "F16", shape: [count], bytes: 2 * count, mask: 0,
        bits: 0x3C00_3C00_3C00_3C00))
  }

  /// Adds a matrix, packed or, without a format, in f16; the numbers are of the same size.
  mutating func add(_ name: String, _ format: PackedFormat?, _ rows: Int, _ columns: Int) {
    guard let format else { return add(name, rows, columns) }
    let layout = PackedLayout(format, rows: rows, columns: columns)
    entries.append(
      Entry(
        name: name + format.suffix, type: format == .q8 ? "I8" : "U8", shape: layout.valueShape,
        bytes: layout.valueBytes, mask: .max, bits: 0))
    entries.append(
      Entry(
        name: name + ".scale", type: "F16", shape: layout.scaleShape, bytes: layout.scaleCount * 2,
        mask: 0x03FF_03FF_03FF_03FF,
        bits: format == .q8 ? 0x0C00_0C00_0C00_0C00 : 0x1C00_1C00_1C00_1C00))
  }

  /// The file; its memory is never given back.
  ///
  /// - Parameter bell: whether the f16 tensors that are not ones get bell-shaped numbers of standard
  ///   deviation 0.02, the sum of four even ones, which takes longer.
  func file(named name: String, bell: Bool = false) throws -> TensorFile {
    var header = "{"
    var offset = 0
    for (index, entry) in entries.enumerated() {
      header += index == 0 ? "" : ","
      header +=
        "\"\(entry.name)\":{\"dtype\":\"\(entry.type)\",\"shape\":\(entry.shape),"
        + "\"data_offsets\":[\(offset),\(offset + entry.bytes)]}"
      offset += entry.bytes
    }
    header += "}"
    header += String(repeating: " ", count: (64 - (8 + header.utf8.count) % 64) % 64)
    let start = 8 + header.utf8.count
    let total = start + offset
    let memory = mmap(
      nil, total, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    guard let memory, memory != MAP_FAILED else { throw CocoaError(.fileReadTooLarge) }
    madvise(memory, total, MADV_HUGEPAGE)
    memory.storeBytes(of: UInt64(header.utf8.count).littleEndian, as: UInt64.self)
    let bytes = UnsafeMutableRawBufferPointer(start: memory, count: total)
    bytes[8..<start].copyBytes(from: header.utf8)
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    var place = memory + start
    for entry in entries {
      for index in 0..<entry.bytes / 8 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        var word = state & entry.mask | entry.bits
        if bell, entry.mask == Self.halfMask { word = Self.bell(&state) }
        (place + index * 8).storeBytes(of: word, as: UInt64.self)
      }
      place += entry.bytes
    }
    return try TensorFile(
      MappedFile(name: name, forever: UnsafeRawBufferPointer(bytes)))
  }

  /// Four f16 numbers, each the sum of four even ones of 16 bits.
  private static func bell(_ state: inout UInt64) -> UInt64 {
    var word: UInt64 = 0
    for _ in 0..<4 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      let sum = (0..<4).reduce(0) { $0 + Int(state >> (16 * UInt64($1)) & 0xFFFF) }
      // The sum of four has a standard deviation of 65536 / sqrt 3.
      let value = Float(sum - 2 * 0xFFFF) * (0.02 * 1.7320508 / 65536)
      word = word << 16 | UInt64(sgk_half(value))
    }
    return word
  }
}
