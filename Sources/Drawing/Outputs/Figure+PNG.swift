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

  /// The figure as a PDF file of one page, texts as text.
  ///
  /// The same figure always gives the same bytes on the same machine: no date is written.
  /// - Throws: ``DrawingError`` where cairo or a font is missing.
  public func pdf(size: Size? = nil, theme: Theme = .light) throws(DrawingError) -> [UInt8] {
    let cairo = try CairoLibrary()
    let picture = Picture(self, size: size ?? standardSize)
    let sink = ByteSink()
    guard
      let surface = cairo.pdfSurface(
        ByteSink.receive, sink.address, picture.size.width, picture.size.height)
    else { throw DrawingError(.cairo("no memory")) }
    // A surface left unfinished by an error writes once more when it is destroyed.
    defer { withExtendedLifetime(sink) { cairo.destroySurface(surface) } }
    try cairo.check(cairo.surfaceStatus(surface))
    cairo.setMetadata(surface, CairoLibrary.titleMetadata, PlainText.oneLine(title))
    cairo.setMetadata(surface, CairoLibrary.subjectMetadata, PlainText.oneLine(spokenDescription))
    cairo.setMetadata(surface, CairoLibrary.creationDateMetadata, "")
    try CairoCanvas.draw(picture, on: surface, scale: 1, theme: theme, with: cairo)
    cairo.finishSurface(surface)
    try cairo.check(cairo.surfaceStatus(surface))
    return sink.bytes
  }
}

extension CairoLibrary {
  /// `CAIRO_FORMAT_RGB24`: the background covers the whole picture.
  fileprivate static let opaqueColours: Int32 = 1
  // `cairo_pdf_metadata_t`.
  fileprivate static let titleMetadata: Int32 = 0
  fileprivate static let subjectMetadata: Int32 = 2
  fileprivate static let creationDateMetadata: Int32 = 5

  /// Throws in cairo's own words unless the status is success.
  func check(_ status: Int32) throws(DrawingError) {
    guard status != 0 else { return }
    throw DrawingError(.cairo(statusText(status).map { String(cString: $0) } ?? "\(status)"))
  }
}

/// Gathers the bytes that cairo writes.
///
/// It must outlive the surface that writes to it.
private final class ByteSink {
  var bytes: [UInt8] = []

  var address: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

  static var receive: CairoLibrary.Sink {
    { sink, bytes, count in
      guard let sink else { return 11 }  // CAIRO_STATUS_WRITE_ERROR
      let this = Unmanaged<ByteSink>.fromOpaque(sink).takeUnretainedValue()
      this.bytes += UnsafeBufferPointer(start: bytes, count: Int(count))
      return 0
    }
  }
}
