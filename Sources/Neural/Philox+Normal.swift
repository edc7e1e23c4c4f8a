import Glibc

extension Philox {
  /// Standard normal numbers by the Box-Muller transform.
  ///
  /// Element `i` of `out` is number `offset + i` of the stream, however the stream is cut up.
  /// Numbers 2c and 2c + 1 come from counter c.
  public func fillNormals(_ out: UnsafeMutableBufferPointer<Float>, at offset: UInt64) {
    for index in out.indices {
      let number = offset &+ UInt64(index)
      let w = words(at: number >> 1)
      let u = (Double((UInt64(w.0) << 32 | UInt64(w.1)) >> 11) + 1) * 0x1p-53
      let v = Double((UInt64(w.2) << 32 | UInt64(w.3)) >> 11) * 0x1p-53
      let radius = (-2 * log(u)).squareRoot()
      let angle = 2 * Double.pi * v
      out[index] = Float(radius * (number & 1 == 0 ? cos(angle) : sin(angle)))
    }
  }
}
