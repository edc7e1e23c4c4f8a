import CSndfile
import Diagnostics
import Glibc

/// What libsndfile says went wrong, in one line without the full stop.
func soundMessage(_ handle: OpaquePointer?) -> String {
  var text = sf_strerror(handle).map { String(cString: $0) } ?? "unknown error"
  for prefix in ["Error : ", "Error: "] where text.hasPrefix(prefix) {
    text = String(text.dropFirst(prefix.count))
  }
  while text.last == "." || text.last?.isWhitespace == true { text.removeLast() }
  guard let first = text.first else { return "unknown error" }
  return printable(first.lowercased() + text.dropFirst())
}

/// All bytes of `descriptor`, no more than ``AudioLimits/spooledBytes``.
func spool(_ descriptor: Int32, name: String) throws(AudioFailure) -> [UInt8] {
  var result: [UInt8] = []
  let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
  defer { chunk.deallocate() }
  while true {
    let count = read(descriptor, chunk.baseAddress, chunk.count)
    if count < 0 && errno == EINTR { continue }
    guard count >= 0 else {
      throw AudioFailure(.inputOutput, "cannot read '\(printable(name))': \(systemMessage(errno))")
    }
    if count == 0 { return result }
    guard result.count + count <= AudioLimits.spooledBytes else {
      throw AudioFailure(
        .data,
        "'\(printable(name))' cannot seek and has more than "
          + "\(AudioLimits.spooledBytes >> 20) MiB; save it to a file first")
    }
    result.append(contentsOf: chunk[..<count])
  }
}
