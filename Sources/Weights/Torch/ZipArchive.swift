import Diagnostics

/// Where the entries of a zip archive lie, all of them stored as they are.
///
/// Format: PKWARE APPNOTE 6.3.10, sections 4.3.7 (local header), 4.3.12 (central directory), 4.3.14
/// to 4.3.16 (ends), 4.5.3 (zip64). Compressed and encrypted entries are refused, so nothing that is
/// read can be larger than the file.
struct ZipArchive {
  struct Entry {
    let name: String
    /// Where its bytes are in the file.
    let range: Range<Int>
    /// CRC-32 of them as the directory has it; 0 where torch was told to compute none.
    let checksum: UInt32
    fileprivate let header: Int
  }

  /// Why an archive is refused.
  struct Problem: Error { let text: String }

  /// By name.
  private(set) var entries: [String: Entry] = [:]

  /// Whether the bytes begin as a zip archive does.
  static func begins(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.starts(with: [0x50, 0x4B, 3, 4])
  }

  init(_ bytes: UnsafeRawBufferPointer) throws(Problem) {
    let directory = try Self.directory(bytes)
    var cursor = ByteCursor(
      UnsafeRawBufferPointer(rebasing: bytes[..<directory.upperBound]), at: directory.lowerBound)
    do {
      while !cursor.isAtEnd {
        let entry = try Self.entry(&cursor, bytes, before: directory.lowerBound)
        guard entries.updateValue(entry, forKey: entry.name) == nil else {
          throw Problem(text: "two entries are called '\(printable(entry.name, limit: 100))'")
        }
      }
    } catch is ByteCursor.End {
      throw Problem(text: "its directory is cut")
    } catch let problem as Problem {
      throw problem
    } catch {
      throw Problem(text: "its directory cannot be read")
    }
    var end = 0
    for entry in entries.values.sorted(by: { $0.header < $1.header }) {
      guard entry.header >= end else {
        throw Problem(text: "entry '\(printable(entry.name, limit: 100))' overlaps another one")
      }
      end = entry.range.upperBound
    }
  }

  /// Where the central directory lies.
  private static func directory(_ bytes: UnsafeRawBufferPointer) throws(Problem) -> Range<Int> {
    let cut = Problem(text: "the end of the zip archive is missing; it may have been cut")
    guard bytes.count >= 22 else { throw cut }
    let lowest = max(0, bytes.count - 22 - 0xFFFF)
    guard
      let end = stride(from: bytes.count - 22, through: lowest, by: -1).first(where: { position in
        field(bytes, position, UInt32.self) == 0x0605_4B50
          && position + 22 + Int(field(bytes, position + 20, UInt16.self)) == bytes.count
      })
    else { throw cut }
    guard field(bytes, end + 4, UInt32.self) == 0 else {
      throw Problem(text: "it is one of several volumes of a zip archive")
    }
    var size = UInt64(field(bytes, end + 12, UInt32.self))
    var offset = UInt64(field(bytes, end + 16, UInt32.self))
    var limit = end
    if end >= 20, field(bytes, end - 20, UInt32.self) == 0x0706_4B50 {
      let record = field(bytes, end - 12, UInt64.self)
      guard end - 20 >= 56, record <= UInt64(end - 20 - 56),
        field(bytes, Int(record), UInt32.self) == 0x0606_4B50
      else { throw Problem(text: "the zip64 record lies outside the file") }
      limit = Int(record)
      size = field(bytes, limit + 40, UInt64.self)
      offset = field(bytes, limit + 48, UInt64.self)
    }
    guard offset <= UInt64(limit), size == UInt64(limit) - offset else {
      throw Problem(text: "the directory of the zip archive does not lie before its end")
    }
    return Int(offset)..<limit
  }

  private static func entry(
    _ cursor: inout ByteCursor, _ bytes: UnsafeRawBufferPointer, before limit: Int
  ) throws -> Entry {
    let head = try cursor.take(46)
    guard field(head, 0, UInt32.self) == 0x0201_4B50 else {
      throw Problem(text: "its directory is damaged")
    }
    let rawName = try cursor.take(Int(field(head, 28, UInt16.self)))
    let extra = try cursor.take(Int(field(head, 30, UInt16.self)))
    _ = try cursor.take(Int(field(head, 32, UInt16.self)))
    guard let name = String(validating: rawName, as: UTF8.self) else {
      throw Problem(text: "the name of an entry is not UTF-8")
    }
    let shown = "entry '\(printable(name, limit: 100))'"
    guard field(head, 8, UInt16.self) & 0x41 == 0 else {
      throw Problem(text: "\(shown) is encrypted")
    }
    guard field(head, 10, UInt16.self) == 0 else {
      throw Problem(
        text: "\(shown) is compressed, which torch.save never does; store it (zip -0)")
    }
    var packed = UInt64(field(head, 20, UInt32.self))
    var size = UInt64(field(head, 24, UInt32.self))
    var offset = UInt64(field(head, 42, UInt32.self))
    var fields = ByteCursor(extra)
    while !fields.isAtEnd {
      let id = try fields.number(UInt16.self)
      var wide = ByteCursor(try fields.take(Int(fields.number(UInt16.self))))
      guard id == 1 else { continue }
      if size == 0xFFFF_FFFF { size = try wide.number(UInt64.self) }
      if packed == 0xFFFF_FFFF { packed = try wide.number(UInt64.self) }
      if offset == 0xFFFF_FFFF { offset = try wide.number(UInt64.self) }
    }
    let outside = Problem(text: "\(shown) does not lie inside the file, which may have been cut")
    guard packed == size else { throw Problem(text: "\(shown) has two sizes") }
    guard limit >= 30, offset <= UInt64(limit - 30) else { throw outside }
    let start = Int(offset)
    let local = UnsafeRawBufferPointer(rebasing: bytes[start..<limit])
    let nameLength = Int(field(local, 26, UInt16.self))
    let dataStart = 30 + nameLength + Int(field(local, 28, UInt16.self))
    guard dataStart <= local.count, size <= UInt64(local.count - dataStart) else { throw outside }
    guard field(local, 0, UInt32.self) == 0x0403_4B50, field(local, 8, UInt16.self) == 0,
      local[30..<30 + nameLength].elementsEqual(rawName)
    else { throw Problem(text: "\(shown) is not what the directory says it is") }
    return Entry(
      name: name, range: start + dataStart..<start + dataStart + Int(size),
      checksum: field(head, 16, UInt32.self), header: start)
  }

  /// A number at a place that is known to be there.
  private static func field<T: FixedWidthInteger & BitwiseCopyable>(
    _ bytes: UnsafeRawBufferPointer, _ offset: Int, _: T.Type
  ) -> T {
    T(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: T.self))
  }
}
