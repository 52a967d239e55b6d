extension PagedDocument {
  /// The document as a PDF file of A4 pages, texts as text, with its headings as an outline.
  ///
  /// The same document always gives the same bytes on the same machine: no date is written.
  /// - Throws: ``DrawingError`` where cairo or a font is missing.
  /// - Complexity: O(length of the texts + points of the figures).
  public func pdf() throws(DrawingError) -> [UInt8] {
    let cairo = try CairoLibrary()
    let paper = PageStyle.paper
    return try cairo.pdf(width: paper.width, height: paper.height, title: title, subject: subject) {
      surface throws(DrawingError) in
      let canvas = try CairoCanvas(on: surface, theme: .light, with: cairo)
      defer { canvas.close() }
      let layout = PageLayout(self, measure: canvas.width)
      for page in layout.pages { try canvas.draw(page) }
      cairo.add(layout.outline, to: surface)
    }
  }
}

extension CairoCanvas {
  fileprivate func draw(_ page: Page) throws(DrawingError) {
    for placed in page.figures {
      let size = placed.figure.standardSize
      draw(
        Picture(placed.figure, size: size), at: placed.place,
        scale: placed.place.width / size.width)
    }
    for rule in page.rules { draw(.rectangle(rule, .reference, opacity: 0.5)) }
    for text in page.texts { draw(text) }
    try showPage()
  }
}

extension CairoLibrary {
  /// The headings, each below the nearest one before it of a higher level.
  fileprivate func add(_ outline: [OutlineEntry], to surface: Object) {
    var parents: [(level: Int, entry: Int32)] = []
    for entry in outline {
      while let last = parents.last, last.level >= entry.level { parents.removeLast() }
      let place = "page=\(entry.page) pos=[\(Int(PageStyle.room.x)) \(Int(entry.y))]"
      let number = addOutline(
        surface, parents.last?.entry ?? 0, PlainText.oneLine(entry.text), place, Self.isOpen)
      parents.append((entry.level, number))
    }
  }

  /// `CAIRO_PDF_OUTLINE_FLAG_OPEN`: what is below the heading is shown.
  private static let isOpen: Int32 = 1
}
