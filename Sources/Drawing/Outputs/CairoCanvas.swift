/// Draws commands with cairo.
struct CairoCanvas {
  private let cairo: CairoLibrary
  private let context: CairoLibrary.Object
  private let theme: Figure.Theme

  /// A canvas on a surface, to be closed after use.
  init(
    on surface: CairoLibrary.Object, theme: Figure.Theme, with cairo: CairoLibrary
  ) throws(DrawingError) {
    guard let context = cairo.create(surface) else { throw DrawingError(.cairo("no memory")) }
    (self.cairo, self.context, self.theme) = (cairo, context, theme)
    cairo.setLineJoin(context, Self.roundJoin)
    do throws(DrawingError) {
      try requireFont()
    } catch {
      close()
      throw error
    }
  }

  func close() { cairo.destroy(context) }

  /// Draws a picture onto a surface, each of its pixels `scale` units of the surface.
  static func draw(
    _ picture: Picture, on surface: CairoLibrary.Object, scale: Double, theme: Figure.Theme,
    with cairo: CairoLibrary
  ) throws(DrawingError) {
    let canvas = try CairoCanvas(on: surface, theme: theme, with: cairo)
    defer { canvas.close() }
    cairo.scale(canvas.context, scale, scale)
    for command in picture.commands { canvas.draw(command) }
    try canvas.check()
  }

  /// Draws a picture as a part of what the canvas shows.
  func draw(_ picture: Picture, at place: Rectangle, scale: Double) {
    cairo.save(context)
    defer { cairo.restore(context) }
    cairo.translate(context, place.x, place.y)
    cairo.scale(context, scale, scale)
    for command in picture.commands { draw(command) }
  }

  /// Ends a page.
  func showPage() throws(DrawingError) {
    cairo.showPage(context)
    try check()
  }

  private func check() throws(DrawingError) { try cairo.check(cairo.status(context)) }

  private static let roundJoin: Int32 = 1
  private static let buttCap: Int32 = 0
  private static let roundCap: Int32 = 1

  func draw(_ command: DrawingCommand) {
    switch command {
    case .rectangle(let box, let ink, let opacity):
      set(ink, opacity)
      cairo.rectangle(context, box.x, box.y, box.width, box.height)
      cairo.fill(context)
    case .lines(let lines, let pen):
      set(pen)
      for line in lines { trace(line) }
      cairo.stroke(context)
    case .surface(let outline, let ink, let opacity):
      set(ink, opacity)
      trace(outline)
      cairo.closePath(context)
      cairo.fill(context)
    case .dots(let dots, let radius, let ink):
      set(ink)
      for dot in dots { trace(dot, radius) }
      cairo.fill(context)
    case .mark(let point, let radius):
      set(.background)
      trace(point, radius + 0.5)
      cairo.fill(context)
      set(.mark)
      trace(point, radius - 0.5)
      cairo.fill(context)
    case .text(let text): draw(text)
    }
  }

  private func set(_ ink: Ink, _ opacity: Double = 1) {
    let colour = Palette.colour(ink, theme)
    let parts = [16, 8, 0].map { Double((colour >> $0) & 0xFF) / 255 }
    cairo.setColour(context, parts[0], parts[1], parts[2], opacity)
  }

  private func set(_ pen: DrawingCommand.Pen) {
    set(pen.ink)
    cairo.setLineWidth(context, pen.width)
    cairo.setDash(context, pen.dashes, Int32(pen.dashes.count), 0)
    cairo.setLineCap(context, pen.hasRoundCaps ? Self.roundCap : Self.buttCap)
  }

  private func trace(_ path: [Point]) {
    for (index, point) in path.enumerated() {
      (index == 0 ? cairo.moveTo : cairo.lineTo)(context, point.x, point.y)
    }
  }

  private func trace(_ centre: Point, _ radius: Double) {
    cairo.moveTo(context, centre.x + radius, centre.y)
    cairo.arc(context, centre.x, centre.y, radius, 0, 2 * Double.pi)
    cairo.closePath(context)
  }
}

// MARK: - Texts

extension CairoCanvas {
  private func draw(_ text: DrawingCommand.Text) {
    cairo.save(context)
    defer { cairo.restore(context) }
    select(size: text.size, isBold: text.isBold)
    cairo.translate(context, text.place.x, text.place.y)
    if text.isUpward { cairo.rotate(context, -Double.pi / 2) }
    let share =
      switch text.anchor {
      case .start: 0.0
      case .middle: 0.5
      case .end: 1.0
      }
    let start = -share * advance(text.string)
    if text.hasHalo {
      set(.background)
      cairo.setLineWidth(context, 4)
      cairo.setDash(context, nil, 0, 0)
      cairo.newPath(context)
      cairo.moveTo(context, start, 0)
      cairo.textPath(context, text.string)
      cairo.stroke(context)
    }
    set(text.ink)
    cairo.moveTo(context, start, 0)
    cairo.showText(context, text.string)
    cairo.newPath(context)
  }

  /// Draws a line of a page.
  func draw(_ text: PageText) {
    select(text.font)
    set(text.ink)
    cairo.moveTo(context, text.x, text.baseline)
    cairo.showText(context, text.string)
    cairo.newPath(context)
  }

  /// The width of a line of a page.
  func width(_ text: String, _ font: PageFont) -> Double {
    select(font)
    return advance(text)
  }

  private func select(_ font: PageFont) {
    select(size: font.size, isBold: font.isBold, isMonospaced: font.isMonospaced)
  }

  private func select(size: Double, isBold: Bool, isMonospaced: Bool = false) {
    let family = isMonospaced ? "monospace" : "Helvetica, Arial, sans-serif"
    cairo.selectFont(context, family, 0, isBold ? 1 : 0)
    cairo.setFontSize(context, size)
  }

  private func advance(_ text: String) -> Double {
    // x and y bearing, width, height, x and y advance.
    var extents = [Double](repeating: 0, count: 6)
    cairo.textExtents(context, text, &extents)
    return extents[4]
  }

  /// Without any font cairo draws no text and reports no error.
  private func requireFont() throws(DrawingError) {
    select(size: 12, isBold: false)
    if advance("0") == 0 { throw DrawingError(.noFont) }
  }
}
