import CKernels
import Neural
import Weights

/// A gain and an offset for each channel, several times in a row so that short vectors fill registers.
struct Affine: Sendable {
  let gain: FloatBuffer
  let offset: FloatBuffer

  /// Elements after which gain and offset repeat.
  var period: Int { offset.count }

  /// Channels, repeated to some hundred elements where they are few.
  static func repeats(_ channels: Int) -> Int {
    channels >= 96 ? 1 : (96 + channels - 1) / channels
  }

  init(channels: Int, gain: (Int) -> Float, offset: (Int) -> Float) {
    let count = channels * Self.repeats(channels)
    self.gain = FloatBuffer(count: count)
    self.offset = FloatBuffer(count: count)
    for index in 0..<count {
      self.gain[index] = gain(index % channels)
      self.offset[index] = offset(index % channels)
    }
  }

  /// Adds a bias, and no more.
  init(bias: FloatTensor) {
    self.init(channels: bias.count, gain: { _ in 1 }, offset: { bias.base[$0] })
  }

  /// x = gain * x + offset over `count` elements.
  func apply(_ x: UnsafeMutablePointer<Float>, count: Int) {
    sgk_affine(x, count, gain.base, offset.base, period)
  }

  /// x = GELU(gain * x + offset) over `count` elements.
  func gelu(_ x: UnsafeMutablePointer<Float>, count: Int) {
    sgk_gelu_erf(x, count, gain.base, offset.base, period)
  }

  /// y = GLU(gain * x + offset): [rows, 2 * width] to [rows, width].
  func glu(_ x: UnsafePointer<Float>, rows: Int, to y: UnsafeMutablePointer<Float>, width: Int) {
    sgk_affine_glu(x, rows, width, gain.base, offset.base, y)
  }
}
