import Neural
import Testing

struct PhiloxTests {
  /// Known answers of Philox4x32-10, published with the Random123 library.
  @Test func knownAnswers() {
    let zero = Philox(seed: 0, stream: 0).words(at: 0)
    #expect(zero == (0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
    let ones = Philox(seed: .max, stream: .max).words(at: .max)
    #expect(ones == (0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd))
  }

  @Test func normalsDoNotDependOnHowTheStreamIsCut() {
    let philox = Philox(seed: 9, stream: 4)
    var whole = [Float](repeating: 0, count: 101)
    whole.withUnsafeMutableBufferPointer { philox.fillNormals($0, at: 5) }
    var pieces = whole.map { _ in Float(0) }
    pieces.withUnsafeMutableBufferPointer { buffer in
      philox.fillNormals(UnsafeMutableBufferPointer(rebasing: buffer[..<33]), at: 5)
      philox.fillNormals(UnsafeMutableBufferPointer(rebasing: buffer[33...]), at: 38)
    }
    #expect(whole == pieces)
  }

  @Test func momentsAreThoseOfTheDistributions() {
    let philox = Philox(seed: 1, stream: 2)
    let count = 40_000
    var normals = [Float](repeating: 0, count: count)
    normals.withUnsafeMutableBufferPointer { philox.fillNormals($0, at: 0) }
    let mean = normals.reduce(0) { $0 + Double($1) } / Double(count)
    let square = normals.reduce(0) { $0 + Double($1) * Double($1) } / Double(count)
    #expect(abs(mean) < 0.02)
    #expect(abs(square - 1) < 0.03)
    let uniforms = (0..<UInt64(count)).map { philox.uniform(at: $0) }
    #expect(uniforms.allSatisfy { $0 >= 0 && $0 < 1 })
    #expect(abs(uniforms.reduce(0, +) / Double(count) - 0.5) < 0.01)
  }
}
