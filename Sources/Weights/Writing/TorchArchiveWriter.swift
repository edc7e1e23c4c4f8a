internal import CZlib

/// Writes what `torch.load` reads: a zip archive with a dictionary of tensors, one tensor at a time.
///
///     var writer = try TorchArchiveWriter(tensors, under: "state_dict", into: sink)
///     for tensor in tensors { try writer.write(…); try writer.endTensor() }
///     try writer.finish()
///
/// The bytes of each tensor begin at a multiple of 64, as torch has them. Sizes and checksums follow
/// the data (APPNOTE 4.3.9), so nothing is written twice and the sink need not be able to seek.
public struct TorchArchiveWriter<Sink: ByteSink> {
  private struct Entry {
    var name: [UInt8]
    var offset: UInt64
    var size: UInt64 = 0
    var checksum: UInt = 0
  }

  /// Where the bytes go.
  public private(set) var sink: Sink
  private let folder: String
  private let sizes: [Int]
  private var entries: [Entry] = []
  private var position: UInt64 = 0
  private var next = 0

  /// Writes everything before the first tensor.
  ///
  /// - Parameters:
  ///   - key: the key under which the tensors lie; `nil` for a plain dictionary of them.
  ///   - folder: the name of the archive inside the file.
  /// - Throws: `data` for a size or a type that is impossible; what the sink throws.
  public init(
    _ tensors: [TensorSpec], under key: String? = nil, folder: String = "archive", into sink: Sink
  ) throws {
    self.sink = sink
    self.folder = folder
    var sizes: [Int] = []
    for spec in tensors {
      guard let size = spec.byteCount else {
        throw WeightsFailure.malformed(spec.name, "is too large")
      }
      sizes.append(size)
    }
    self.sizes = sizes
    var pickle = PickleWriter()
    if let key {
      pickle.code("}")
      pickle.text(key)
    }
    pickle.global("collections", "OrderedDict")
    pickle.code(")")
    pickle.code("R")
    pickle.code("(")
    for (index, spec) in tensors.enumerated() {
      guard let storage = PickleWriter.storage(spec.type) else {
        throw WeightsFailure.malformed(
          spec.name, "torch has no elements of type \(spec.type.rawValue)")
      }
      pickle.text(spec.name)
      pickle.tensor(
        spec, storage: storage, key: String(index), count: sizes[index] / spec.type.size)
    }
    pickle.code("u")
    if key != nil { pickle.code("s") }
    pickle.end()
    try whole("data.pkl", pickle.bytes)
    try whole("byteorder", Array("little".utf8))
    try beginTensor()
  }

  /// Takes bytes of the tensor whose turn it is.
  public mutating func write(_ bytes: UnsafeRawBufferPointer) throws {
    guard !entries.isEmpty, let start = bytes.baseAddress else { return }
    let last = entries.count - 1
    entries[last].checksum = crc32_z(
      entries[last].checksum, start.assumingMemoryBound(to: UInt8.self), bytes.count)
    entries[last].size += UInt64(bytes.count)
    try sink.write(bytes)
    position += UInt64(bytes.count)
  }

  /// Ends a tensor; the next one begins.
  ///
  /// - Throws: `data` when it got another number of bytes than its shape says.
  public mutating func endTensor() throws {
    guard next > 0, next <= sizes.count, entries.last?.size == UInt64(sizes[next - 1]) else {
      throw WeightsFailure.malformed("tensor \(next - 1)", "was given another number of bytes")
    }
    try endEntry()
    try beginTensor()
  }

  /// Writes what follows the last tensor.
  public mutating func finish() throws {
    guard next == sizes.count + 1 else {
      throw WeightsFailure.malformed("tensor \(next - 1)", "was never given")
    }
    try whole("version", Array("3\n".utf8))
    let directory = position
    for entry in entries {
      try put(field(UInt32(0x0201_4B50)) + [45, 0, 45, 0, 8, 8] + [0, 0, 0, 0, 0x21, 0])
      try put(field(UInt32(truncatingIfNeeded: entry.checksum)))
      try put(field(UInt32.max) + field(UInt32.max))
      try put(field(UInt16(truncatingIfNeeded: entry.name.count)) + [28, 0, 0, 0, 0, 0, 0, 0])
      try put([0, 0, 0, 0] + field(UInt32.max) + entry.name)
      try put([1, 0, 24, 0] + field(entry.size) + field(entry.size) + field(entry.offset))
    }
    let (end, count) = (position, UInt64(entries.count))
    try put(field(UInt32(0x0606_4B50)) + field(UInt64(44)) + [45, 0, 45, 0])
    try put(
      field(UInt64(0)) + field(count) + field(count) + field(end - directory) + field(directory))
    try put(field(UInt32(0x0706_4B50)) + field(UInt32(0)) + field(end) + field(UInt32(1)))
    try put(field(UInt32(0x0605_4B50)) + [0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF])
    try put(field(UInt32.max) + field(UInt32.max) + [0, 0])
  }

  private mutating func beginTensor() throws {
    if next < sizes.count { try beginEntry("data/\(next)") }
    next += 1
  }

  private mutating func whole(_ name: String, _ bytes: [UInt8]) throws {
    try beginEntry(name)
    try bytes.withUnsafeBytes { try write($0) }
    try endEntry()
  }

  private mutating func beginEntry(_ name: String) throws {
    let name = Array("\(folder)/\(name)".utf8)
    entries.append(Entry(name: name, offset: position))
    // An extra field without meaning ("FB", as torch names it) fills up to the alignment.
    let start = position + 30 + UInt64(name.count) + 20 + 4
    let padding = Int((64 - start % 64) % 64)
    try put(field(UInt32(0x0403_4B50)) + [45, 0, 8, 8, 0, 0] + [0, 0, 0x21, 0])
    try put(field(UInt32(0)) + field(UInt32.max) + field(UInt32.max))
    try put(field(UInt16(truncatingIfNeeded: name.count)))
    try put(field(UInt16(truncatingIfNeeded: 24 + padding)) + name)
    try put([1, 0, 16, 0] + field(UInt64(0)) + field(UInt64(0)))
    try put([0x46, 0x42] + field(UInt16(truncatingIfNeeded: padding)))
    try put(Array(repeating: 0x5A, count: padding))
  }

  private mutating func endEntry() throws {
    guard let entry = entries.last else { return }
    try put(field(UInt32(0x0807_4B50)) + field(UInt32(truncatingIfNeeded: entry.checksum)))
    try put(field(entry.size) + field(entry.size))
  }

  private mutating func put(_ bytes: [UInt8]) throws {
    try sink.write(bytes)
    position += UInt64(bytes.count)
  }

  private func field<T: FixedWidthInteger>(_ value: T) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian, Array.init)
  }
}
