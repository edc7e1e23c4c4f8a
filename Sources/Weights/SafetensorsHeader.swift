import Diagnostics

/// The header of a safetensors file: which tensors lie where.
///
/// Format: u64 little-endian header length, that many bytes of JSON, then the data. The JSON maps a
/// name to `{"dtype", "shape", "data_offsets": [begin, end]}`, offsets counted from the end of the
/// header; `__metadata__` maps text to text. https://github.com/huggingface/safetensors#format
struct SafetensorsHeader {
  struct Entry {
    let name: String
    let type: TensorType
    let shape: [Int]
    let range: Range<Int>
  }

  /// Largest header taken, as in the reference implementation of the format.
  static let limit = 100_000_000
  /// Most dimensions of a tensor.
  static let maximumRank = 16

  /// Sorted by offset.
  let entries: [Entry]
  let metadata: [String: String]
  /// Bytes of the JSON.
  let length: Int

  /// Parses and checks the header: types known, sizes equal to shapes, every tensor inside the file,
  /// none overlapping another.
  init(_ file: UnsafeRawBufferPointer, name: String) throws(WeightsFailure) {
    guard file.count >= 8 else {
      throw .malformed(name, "is too short to be a safetensors file")
    }
    let length = UInt64(littleEndian: file.loadUnaligned(as: UInt64.self))
    guard length <= UInt64(Self.limit), length <= UInt64(file.count - 8) else {
      throw .malformed(
        name, "is not a safetensors file, or was cut: its header claims \(length) bytes")
    }
    self.length = Int(length)
    let data = file.count - 8 - self.length
    let json = UnsafeRawBufferPointer(rebasing: file[8..<8 + self.length])
    var scanner = HeaderScanner(json)
    let table: HeaderScanner.Table
    do {
      table = try scanner.header()
    } catch {
      throw .malformed(name, "header, byte \(8 + error.offset): \(error.problem)")
    }
    var entries: [Entry] = []
    entries.reserveCapacity(table.tensors.count)
    for (key, raw) in table.tensors {
      entries.append(try Self.check(key, raw, data: data, file: name))
    }
    entries.sort {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    var end = 0
    for entry in entries {
      guard entry.range.lowerBound >= end else {
        throw .malformed(name, "tensor '\(printable(entry.name))' overlaps another one")
      }
      end = entry.range.upperBound
    }
    self.entries = entries
    metadata = table.metadata
  }

  /// Whether the bytes can be those of a safetensors file: a possible length, then JSON.
  static func begins(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count >= 10 else { return false }
    let length = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    return length >= 2 && length <= UInt64(min(limit, bytes.count - 8))
      && bytes[8] == UInt8(ascii: "{")
  }

  /// The tensors, where they lie in `file`.
  func views(in file: UnsafeRawBufferPointer) -> [TensorView] {
    entries.map { entry in
      let range = 8 + length + entry.range.lowerBound..<8 + length + entry.range.upperBound
      return TensorView(
        name: entry.name, shape: entry.shape, type: entry.type,
        bytes: UnsafeRawBufferPointer(rebasing: file[range]))
    }
  }

  private static func check(
    _ key: String, _ raw: HeaderScanner.RawTensor, data: Int, file: String
  ) throws(WeightsFailure) -> Entry {
    let what = "tensor '\(printable(key, limit: 100))'"
    guard let typeName = raw.type, let shape = raw.shape, let offsets = raw.offsets else {
      throw .malformed(file, "\(what) lacks dtype, shape or data_offsets")
    }
    guard let type = TensorType(rawValue: typeName), !type.isBlocked else {
      throw .malformed(file, "\(what) has the unknown dtype '\(printable(typeName, limit: 20))'")
    }
    guard shape.count <= maximumRank else {
      throw .malformed(file, "\(what) has more than \(maximumRank) dimensions")
    }
    var size = type.size
    var overflow = false
    for dimension in shape where !overflow {
      (size, overflow) = size.multipliedReportingOverflow(by: dimension)
    }
    guard !overflow else {
      throw .malformed(file, "\(what) is impossibly large")
    }
    guard offsets.count == 2, offsets[0] <= offsets[1], offsets[1] <= data else {
      throw .malformed(file, "\(what) does not lie inside the file, which may have been cut")
    }
    guard offsets[1] - offsets[0] == size else {
      throw .malformed(
        file, "\(what) has \(offsets[1] - offsets[0]) bytes, its shape needs \(size)")
    }
    return Entry(name: key, type: type, shape: shape, range: offsets[0]..<offsets[1])
  }
}
