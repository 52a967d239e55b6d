extension Figure {
  /// The figure as a PDF file of one page, texts as text.
  ///
  /// The same figure always gives the same bytes on the same machine: no date is written.
  /// - Throws: ``DrawingError`` where cairo or a font is missing.
  public func pdf(size: Size? = nil, theme: Theme = .light) throws(DrawingError) -> [UInt8] {
    let cairo = try CairoLibrary()
    let picture = Picture(self, size: size ?? standardSize)
    return try cairo.pdf(
      width: picture.size.width, height: picture.size.height, title: title,
      subject: spokenDescription
    ) { surface throws(DrawingError) in
      try CairoCanvas.draw(picture, on: surface, scale: 1, theme: theme, with: cairo)
    }
  }
}
