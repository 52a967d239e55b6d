/// Draws commands with cairo.
struct CairoCanvas {
  private let cairo: CairoLibrary
  private let context: CairoLibrary.Object
  private let theme: Figure.Theme

  /// Draws a picture onto a surface, each of its pixels `scale` units of the surface.
  static func draw(
    _ picture: Picture, on surface: CairoLibrary.Object, scale: Double, theme: Figure.Theme,
    with cairo: CairoLibrary
  ) throws(DrawingError) {
    guard let context = cairo.create(surface) else { throw DrawingError(.cairo("no memory")) }
    defer { cairo.destroy(context) }
    let canvas = CairoCanvas(cairo: cairo, context: context, theme: theme)
    cairo.scale(context, scale, scale)
    cairo.setLineJoin(context, roundJoin)
    try canvas.requireFont()
    for command in picture.commands { canvas.draw(command) }
    try cairo.check(cairo.status(context))
  }

  private static let roundJoin: Int32 = 1
  private static let buttCap: Int32 = 0
  private static let roundCap: Int32 = 1

  private func draw(_ command: DrawingCommand) {
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

  private func select(size: Double, isBold: Bool) {
    cairo.selectFont(context, "Helvetica, Arial, sans-serif", 0, isBold ? 1 : 0)
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
