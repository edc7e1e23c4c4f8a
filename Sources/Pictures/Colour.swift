import Glibc

/// A colour of the sRGB space, 8 bits per channel.
public struct Colour: Sendable, Hashable {
  public var red: UInt8
  public var green: UInt8
  public var blue: UInt8

  public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// A colour by how it is seen: lightness 0...1, chroma 0...0.4, hue in turns; what a screen
  /// cannot show is clipped.
  ///
  /// Oklab, after Björn Ottosson, <https://bottosson.github.io/posts/oklab/>.
  init(lightness: Double, chroma: Double, hue: Double) {
    let a = chroma * cos(2 * .pi * hue)
    let b = chroma * sin(2 * .pi * hue)
    let long = lightness + 0.3963377774 * a + 0.2158037573 * b
    let medium = lightness - 0.1055613458 * a - 0.0638541728 * b
    let short = lightness - 0.0894841775 * a - 1.2914855480 * b
    let (l, m, s) = (long * long * long, medium * medium * medium, short * short * short)
    red = Self.encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)
    green = Self.encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s)
    blue = Self.encoded(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s)
  }

  /// A linear intensity with the sRGB transfer curve, as 8 bits.
  private static func encoded(_ linear: Double) -> UInt8 {
    let value = min(max(linear, 0), 1)
    let curve = value <= 0.0031308 ? 12.92 * value : 1.055 * pow(value, 1 / 2.4) - 0.055
    return UInt8(min(max((curve * 255).rounded(), 0), 255))
  }

  /// This colour, `share` of it replaced by `other`; 0 changes nothing, 1 everything.
  func mixed(with other: Colour, _ share: Double) -> Colour {
    func mix(_ from: UInt8, _ to: UInt8) -> UInt8 {
      UInt8(min(max((Double(from) + (Double(to) - Double(from)) * share).rounded(), 0), 255))
    }
    return Colour(mix(red, other.red), mix(green, other.green), mix(blue, other.blue))
  }

  package static let paper = Colour(255, 255, 255)
  package static let ink = Colour(38, 38, 44)
  static let faint = Colour(128, 128, 136)
  static let grid = Colour(216, 216, 222)
}
