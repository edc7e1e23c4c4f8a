import Glibc

/// The periodic Hann window of `size` samples.
func hannWindow(_ size: Int) -> [Float] {
  (0..<size).map { Float(0.5 - 0.5 * cos(2 * Double.pi * Double($0) / Double(size))) }
}
