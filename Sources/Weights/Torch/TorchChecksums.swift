internal import CZlib
import Diagnostics

/// The CRC-32 of every entry of a torch archive, taken while the file goes by (APPNOTE 6.3.10, 4.4.7).
///
///     if var checksums = try TorchChecksums(file) {
///       file.walk { checksums.add($0) }
///       try checksums.check()
///     }
///
/// torch can be told to leave checksums out and then writes zeros: such entries are not compared.
public struct TorchChecksums {
  private let file: MappedFile
  /// In the order of their bytes.
  private let entries: [ZipArchive.Entry]
  private var sums: [UInt]
  private var next = 0
  private var position = 0

  /// - Returns: nil for a file that is no zip archive.
  /// - Throws: `data` for a malformed archive.
  public init?(_ file: MappedFile) throws(WeightsFailure) {
    self.file = file
    do {
      let archive = try withExtendedLifetime(file) { () throws(ZipArchive.Problem) in
        ZipArchive.begins(file.bytes) ? try ZipArchive(file.bytes) : nil
      }
      guard let archive else { return nil }
      entries = archive.entries.values.sorted { $0.range.lowerBound < $1.range.lowerBound }
    } catch {
      throw .malformed(file.name, error.text)
    }
    sums = [UInt](repeating: 0, count: entries.count)
  }

  /// Takes the bytes that follow in the file.
  public mutating func add(_ bytes: UnsafeRawBufferPointer) {
    let end = position + bytes.count
    while next < entries.count {
      let range = entries[next].range
      let part = range.clamped(to: position..<end)
      if !part.isEmpty, let start = bytes.baseAddress {
        let source = start + (part.lowerBound - position)
        sums[next] = crc32_z(
          sums[next], source.assumingMemoryBound(to: UInt8.self), part.count)
      }
      if range.upperBound > end { break }
      next += 1
    }
    position = end
  }

  /// Compares what has gone by with what the archive says.
  ///
  /// - Throws: `data` with the first entry that is not what was written.
  public func check() throws(WeightsFailure) {
    for (entry, sum) in zip(entries[..<next], sums) {
      guard entry.checksum == 0 || UInt(entry.checksum) == sum else {
        throw .malformed(
          file.name,
          "entry '\(printable(entry.name, limit: 100))' of the archive is damaged: its CRC-32 is not "
            + "the one that was written with it; fetch the file again")
      }
    }
  }
}
