import CZlib

/// The CRC-32 of zlib, gzip and PNG: what `zlib.crc32` of Python computes.
///
/// - Complexity: O(bytes).
func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
  let pointer = bytes.baseAddress?.assumingMemoryBound(to: Bytef.self)
  return UInt32(truncatingIfNeeded: crc32_z(0, pointer, z_size_t(bytes.count)))
}
