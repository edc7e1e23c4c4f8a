import FoundationEssentials
import Glibc
import Weights

/// A tensor file in memory, with small random numbers in f16, for timing at any dimensions.
struct RandomTensors {
  private var entries: [(name: String, shape: [Int])] = []

  /// Adds a tensor.
  mutating func add(_ name: String, _ shape: Int...) {
    entries.append((name, shape))
  }

  /// The file; its memory is never given back.
  func file(named name: String) throws -> TensorFile {
    var header = "{"
    var offset = 0
    for (index, entry) in entries.enumerated() {
      let size = entry.shape.reduce(2, *)
      header += index == 0 ? "" : ","
      header +=
        "\"\(entry.name)\":{\"dtype\":\"F16\",\"shape\":\(entry.shape),"
        + "\"data_offsets\":[\(offset),\(offset + size)]}"
      offset += size
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
    // Signs and mantissas are random, exponents make numbers of about 0.01 to 0.03.
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    let words = UnsafeMutableRawBufferPointer(rebasing: bytes[start...]).bindMemory(
      to: UInt64.self)
    for index in words.indices {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      words[index] = state & 0x83FF_83FF_83FF_83FF | 0x2000_2000_2000_2000
    }
    return try TensorFile(
      MappedFile(name: name, forever: UnsafeRawBufferPointer(bytes)))
  }
}
