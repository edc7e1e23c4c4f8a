import Glibc
import Neural
import Separation
import Testing

/// The spectrogram against the transform written down.
struct SpectrogramTests {
  @Test func binsOfAMirroredSignal() {
    let (size, length) = (64, 230)
    let song = Small.song(length)
    let input = FloatBuffer(song)
    let plane = withExtendedLifetime(input) {
      Spectrogram(size: size, length: length).analyse(input.base, ThreadPool(threads: 2))
    }
    #expect(plane.rows == 32 && plane.frames == 15 && plane.channels == 4)
    for frame in 0..<plane.frames {
      for bin in [0, 1, 7, 31] {
        for channel in 0..<2 {
          var (real, imaginary) = (0.0, 0.0)
          for index in 0..<size {
            var place = frame * 16 - 24 + index
            if place < 0 { place = -place }
            if place > length - 1 { place = 2 * (length - 1) - place }
            let window = 0.5 - 0.5 * cos(2 * Double.pi * Double(index) / Double(size))
            let angle = -2 * Double.pi * Double(bin * index) / Double(size)
            let value = window * Double(song[2 * place + channel]) / 8
            real += value * cos(angle)
            imaginary += value * sin(angle)
          }
          let ours = plane.row(bin) + frame * 4 + 2 * channel
          #expect(abs(Double(ours[0]) - real) < 1e-6)
          #expect(abs(Double(ours[1]) - imaginary) < 1e-6)
        }
      }
    }
  }

  /// Away from the ends, there and back is what it was, but for the Nyquist frequency.
  @Test func thereAndBack() {
    let (size, length) = (256, 5000)
    let song = (0..<2 * length).map { sinf(Float($0 / 2) * (0.03 + 0.02 * Float($0 % 2))) }
    let input = FloatBuffer(song)
    let spectrogram = Spectrogram(size: size, length: length)
    let pool = ThreadPool(threads: 2)
    let back = withExtendedLifetime(input) {
      spectrogram.synthesise(spectrogram.analyse(input.base, pool), channel: 0, pool)
    }
    #expect(back.count == 2 * length)
    for index in 2 * size..<2 * (length - size) { #expect(abs(back[index] - song[index]) < 1e-5) }
  }
}
