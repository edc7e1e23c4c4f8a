import Diagnostics

/// The header of a GGUF file, version 3, little-endian: keys with values, and which tensors lie where.
///
/// Format: magic `GGUF`, u32 version, u64 tensor count, u64 key count; keys (string, type, value);
/// tensors (name, u32 rank, u64 dimensions with the fastest first, u32 type, u64 offset); then, at the
/// next multiple of `general.alignment` (32 if it is not given), the data.
/// https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
struct GGUFHeader: Sendable {
  struct Entry: Sendable {
    let name: String
    /// Slowest dimension first, as everywhere else in this library.
    let shape: [Int]
    let type: TensorType
    /// In the file.
    let range: Range<Int>
  }

  static let magic: [UInt8] = Array("GGUF".utf8)
  /// Longest name of a key or a tensor.
  static let nameLimit = 65535
  static let maximumRank = 8

  let values: [String: GGUFValue]
  /// In the order of their bytes.
  let entries: [Entry]
  /// Where the data begins.
  let dataStart: Int

  /// Whether a file begins as a GGUF file does.
  static func isOne(_ file: UnsafeRawBufferPointer) -> Bool { file.prefix(4).elementsEqual(magic) }

  /// Parses and checks the header: types known, every tensor inside the file and aligned, none
  /// overlapping another.
  init(_ file: UnsafeRawBufferPointer, name: String) throws(WeightsFailure) {
    do throws(GGUFScanner.Problem) {
      guard Self.isOne(file) else {
        throw GGUFScanner.Problem(offset: 0, problem: "this is not a GGUF file")
      }
      var scanner = GGUFScanner(file, at: 4)
      let version = try scanner.number(UInt32.self)
      guard version == 3 || version == 2 else {
        throw GGUFScanner.Problem(
          offset: 4,
          problem: version & 0xFFFF == 0
            ? "big-endian files are not read" : "version \(version) is not known, only 2 and 3")
      }
      // A tensor takes at least 24 bytes, a key 13.
      let tensors = try scanner.count(of: "tensors", each: 24)
      let keys = try scanner.count(of: "keys", each: 13)
      values = try Self.values(&scanner, keys)
      let alignment = try Self.alignment(values, scanner)
      let raw = try Self.tensors(&scanner, tensors)
      let start = (scanner.offset + alignment - 1) / alignment * alignment
      dataStart = start
      var entries: [Entry] = []
      entries.reserveCapacity(raw.count)
      for tensor in raw {
        entries.append(try tensor.entry(start: start, alignment: alignment, end: file.count))
      }
      entries.sort {
        ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
      }
      var end = start
      for entry in entries {
        guard entry.range.lowerBound >= end else {
          throw GGUFScanner.Problem(
            offset: entry.range.lowerBound,
            problem: "tensor '\(printable(entry.name, limit: 100))' overlaps another one")
        }
        end = entry.range.upperBound
      }
      self.entries = entries
    } catch {
      throw .malformed(name, "GGUF header, byte \(error.offset): \(error.problem)")
    }
  }

  private static func values(
    _ scanner: inout GGUFScanner, _ count: Int
  ) throws(GGUFScanner.Problem) -> [String: GGUFValue] {
    var values: [String: GGUFValue] = [:]
    for _ in 0..<count {
      let key = try scanner.string(limit: nameLimit)
      guard values[key] == nil else {
        throw scanner.fail("key '\(printable(key, limit: 100))' comes twice")
      }
      let type = try GGUFValueType.read(from: &scanner)
      values[key] = try GGUFValue.read(type, from: &scanner)
    }
    return values
  }

  private static func alignment(
    _ values: [String: GGUFValue], _ scanner: GGUFScanner
  ) throws(GGUFScanner.Problem) -> Int {
    guard let value = values["general.alignment"] else { return 32 }
    guard case .integer(let alignment) = value, (8...65536).contains(alignment),
      alignment.nonzeroBitCount == 1
    else { throw scanner.fail("general.alignment is not a power of two from 8 to 65536") }
    return alignment
  }

  private struct RawTensor {
    let name: String
    let dimensions: [UInt64]
    let type: UInt32
    let offset: UInt64
    let position: Int

    func entry(start: Int, alignment: Int, end: Int) throws(GGUFScanner.Problem) -> Entry {
      let what = "tensor '\(printable(name, limit: 100))'"
      func fail(_ problem: String) -> GGUFScanner.Problem {
        GGUFScanner.Problem(offset: position, problem: "\(what) \(problem)")
      }
      guard let type = TensorType(gguf: type) else {
        throw fail("has type \(self.type), which is not known")
      }
      var shape: [Int] = []
      var count = 1
      for dimension in dimensions.reversed() {
        guard let size = Int(exactly: dimension) else { throw fail("is impossibly large") }
        let (product, overflow) = count.multipliedReportingOverflow(by: size)
        guard !overflow else { throw fail("is impossibly large") }
        (count, shape) = (product, shape + [size])
      }
      guard (shape.last ?? 1).isMultiple(of: type.block) else {
        throw fail("has rows of \(shape.last ?? 1), which \(type.rawValue) blocks do not fill")
      }
      let (size, overflow) = (count / type.block).multipliedReportingOverflow(by: type.size)
      guard !overflow else { throw fail("is impossibly large") }
      guard start <= end, offset <= UInt64(end - start), size <= end - start - Int(offset) else {
        throw fail("does not lie inside the file, which may have been cut")
      }
      guard Int(offset).isMultiple(of: alignment) else {
        throw fail("lies at \(offset), which is not a multiple of \(alignment)")
      }
      let first = start + Int(offset)
      return Entry(name: name, shape: shape, type: type, range: first..<first + size)
    }
  }

  private static func tensors(
    _ scanner: inout GGUFScanner, _ count: Int
  ) throws(GGUFScanner.Problem) -> [RawTensor] {
    var tensors: [RawTensor] = []
    tensors.reserveCapacity(count)
    var names: Set<String> = []
    for _ in 0..<count {
      let position = scanner.offset
      let name = try scanner.string(limit: nameLimit)
      guard names.insert(name).inserted else {
        throw scanner.fail("tensor '\(printable(name, limit: 100))' comes twice")
      }
      let rank = try scanner.number(UInt32.self)
      guard rank <= maximumRank else {
        throw scanner.fail(
          "tensor '\(printable(name, limit: 100))' has \(rank) dimensions, at most \(maximumRank)")
      }
      var dimensions: [UInt64] = []
      for _ in 0..<rank { dimensions.append(try scanner.number(UInt64.self)) }
      tensors.append(
        RawTensor(
          name: name, dimensions: dimensions, type: try scanner.number(UInt32.self),
          offset: try scanner.number(UInt64.self), position: position))
    }
    return tensors
  }
}
