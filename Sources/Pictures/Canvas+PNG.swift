import CPNG

extension Canvas {
  /// The picture as a PNG file. Equal pictures give equal bytes.
  ///
  /// Calls `png_image_write_to_memory`.
  public func png() throws(PictureFailure) -> [UInt8] {
    var image = png_image()
    image.version = png_uint_32(PNG_IMAGE_VERSION)
    image.width = png_uint_32(width)
    image.height = png_uint_32(height)
    image.format = png_uint_32(PNG_FORMAT_FLAG_COLOR)
    defer { png_image_free(&image) }
    var size = 0
    var done = png_image_write_to_memory(&image, nil, &size, 0, pixels, 0, nil)
    guard done != 0, size > 0 else { throw .encoder(Self.message(&image)) }
    var bytes = [UInt8](repeating: 0, count: size)
    done = png_image_write_to_memory(&image, &bytes, &size, 0, pixels, 0, nil)
    guard done != 0, size <= bytes.count else { throw .encoder(Self.message(&image)) }
    return Array(bytes.prefix(size))
  }

  private static func message(_ image: inout png_image) -> String {
    withUnsafeBytes(of: &image.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
