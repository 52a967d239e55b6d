extension Figure {
  /// The figure as a PNG file, `scale` pixels to the unit of `size` in each direction.
  ///
  /// The texts are as they are; drawing them needs a font on this machine.
  /// - Parameter scale: held within 0.25…4.
  /// - Throws: ``DrawingError`` where cairo or a font is missing.
  public func png(
    size: Size? = nil, scale: Double = 2, theme: Theme = .light
  ) throws(DrawingError) -> [UInt8] {
    let cairo = try CairoLibrary()
    let picture = Picture(self, size: size ?? standardSize)
    let scale = scale > 0.25 ? min(scale, 4) : 0.25
    let pixels = [picture.size.width, picture.size.height].map {
      Int32(($0 * scale).rounded(.up))
    }
    guard let surface = cairo.imageSurface(CairoLibrary.opaqueColours, pixels[0], pixels[1])
    else { throw DrawingError(.cairo("no memory")) }
    defer { cairo.destroySurface(surface) }
    try cairo.check(cairo.surfaceStatus(surface))
    try CairoCanvas.draw(picture, on: surface, scale: scale, theme: theme, with: cairo)
    let sink = ByteSink()
    try cairo.check(cairo.writePNG(surface, ByteSink.receive, sink.address))
    return sink.bytes
  }
}

extension CairoLibrary {
  /// `CAIRO_FORMAT_RGB24`: the background covers the whole picture.
  fileprivate static let opaqueColours: Int32 = 1
}
