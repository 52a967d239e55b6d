extension CairoLibrary {
  /// A PDF file of pages of one size, in points, which `draw` draws.
  ///
  /// The same drawing always gives the same bytes on the same machine: no date is written.
  func pdf(
    width: Double, height: Double, title: String, subject: String,
    draw: (Object) throws(DrawingError) -> Void
  ) throws(DrawingError) -> [UInt8] {
    let sink = ByteSink()
    guard let surface = pdfSurface(ByteSink.receive, sink.address, width, height)
    else { throw DrawingError(.cairo("no memory")) }
    // A surface left unfinished by an error writes once more when it is destroyed.
    defer { withExtendedLifetime(sink) { destroySurface(surface) } }
    try check(surfaceStatus(surface))
    setMetadata(surface, Self.titleMetadata, PlainText.oneLine(title))
    setMetadata(surface, Self.subjectMetadata, PlainText.oneLine(subject))
    setMetadata(surface, Self.creationDateMetadata, "")
    try draw(surface)
    finishSurface(surface)
    try check(surfaceStatus(surface))
    return sink.bytes
  }

  // `cairo_pdf_metadata_t`.
  private static let titleMetadata: Int32 = 0
  private static let subjectMetadata: Int32 = 2
  private static let creationDateMetadata: Int32 = 5

  /// Throws in cairo's own words unless the status is success.
  func check(_ status: Int32) throws(DrawingError) {
    guard status != 0 else { return }
    throw DrawingError(.cairo(statusText(status).map { String(cString: $0) } ?? "\(status)"))
  }
}
