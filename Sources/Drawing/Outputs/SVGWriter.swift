import ContentHash

extension Figure {
  /// The figure as an SVG document: texts as text, a title and a description for screen readers,
  /// and colours of the theme; of none where they are to follow the reader's light or dark scheme.
  ///
  /// Without a size it is ``standardSize``. O(n); the document grows with the picture's size, not
  /// with n.
  public func svg(size: Size? = nil, theme: Theme? = nil) -> String {
    let picture = Picture(self, size: size ?? standardSize)
    return SVGWriter(picture, theme).document(title: title, description: spokenDescription)
  }
}

/// Turns drawing commands into an SVG document.
private struct SVGWriter {
  private let size: Figure.Size
  private var body = ""
  /// The inks used, as a fill (`f`) or a stroke (`s`), for the style sheet.
  private var fills: [Ink] = []
  private var strokes: [Ink] = []

  /// The colours that hold for every reader, if not the reader's own.
  private let theme: Figure.Theme?

  init(_ picture: Picture, _ theme: Figure.Theme?) {
    size = picture.size
    self.theme = theme
    for command in picture.commands { write(command) }
  }

  func document(title: String, description: String) -> String {
    let (title, description) = (
      PlainText.escapedForXML(title), PlainText.escapedForXML(description)
    )
    // Several figures may stand in one page, where each needs names of its own.
    let hash = ContentHash((title + "\n" + description + body).utf8)
    let name = "figure-" + String(hash.value, radix: 36)
    let (width, height) = (number(size.width), number(size.height))
    return """
      <svg xmlns="http://www.w3.org/2000/svg" class="\(style)" width="\(width)" height="\(height)" \
      viewBox="0 0 \(width) \(height)" role="img" aria-labelledby="\(name)-title \(name)-text">
      <title id="\(name)-title">\(title)</title>
      <desc id="\(name)-text">\(description)</desc>
      <style>
      .\(style){font-family:Helvetica,Arial,"Liberation Sans",sans-serif}
      .\(style) path,.\(style) polyline{fill:none;stroke-linejoin:round}
      .\(style) .halo{paint-order:stroke;stroke-width:4px;stroke-linejoin:round}
      \(theme.map(rules) ?? rulesOfTheReader)
      </style>
      \(body)</svg>

      """
  }

  /// What the style sheet calls the figure: in one page may stand figures of several themes.
  private var style: String {
    switch theme {
    case nil: "figure"
    case .light: "figure-light"
    case .dark: "figure-dark"
    }
  }

  private var rulesOfTheReader: String {
    "\(rules(.light))\n@media (prefers-color-scheme:dark){\n\(rules(.dark))\n}"
  }

  private func rules(_ theme: Figure.Theme) -> String {
    let fills = fills.map { ".\(style) .f-\($0.name){fill:\(colour($0, theme))}" }
    let strokes = strokes.map { ".\(style) .s-\($0.name){stroke:\(colour($0, theme))}" }
    return (fills + strokes).joined(separator: "\n")
  }

  private func colour(_ ink: Ink, _ theme: Figure.Theme) -> String {
    let digits = String(Palette.colour(ink, theme), radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }
}

// MARK: - Commands

extension SVGWriter {
  private mutating func write(_ command: DrawingCommand) {
    switch command {
    case .rectangle(let box, let ink, let opacity):
      let place = "x=\"\(number(box.x))\" y=\"\(number(box.y))\""
      let extent = "width=\"\(number(box.width))\" height=\"\(number(box.height))\""
      body += "<rect \(fill(ink)) \(place) \(extent)\(shown(opacity))/>\n"
    case .lines(let lines, let pen): write(lines, pen)
    case .surface(let outline, let ink, let opacity):
      body += "<polygon \(fill(ink)) points=\"\(points(outline))\"\(shown(opacity))/>\n"
    case .dots(let dots, let radius, let ink):
      // Lines of no length with round ends, as one element is far shorter than many.
      let data = dots.map { "M\(number($0.x)) \(number($0.y))h0" }.joined()
      let width = "stroke-width=\"\(number(radius * 2))\" stroke-linecap=\"round\""
      body += "<path \(stroke(ink)) \(width) d=\"\(data)\"/>\n"
    case .mark(let point, let radius):
      let place = "cx=\"\(number(point.x))\" cy=\"\(number(point.y))\" r=\"\(number(radius))\""
      let inks = "class=\"f-mark s-background\" stroke-width=\"1\""
      use(.mark, .background)
      body += "<circle \(inks) \(place)/>\n"
    case .text(let text): write(text)
    }
  }

  private mutating func write(_ lines: [[Point]], _ pen: DrawingCommand.Pen) {
    var attributes = "\(stroke(pen.ink)) stroke-width=\"\(number(pen.width))\""
    if !pen.dashes.isEmpty {
      attributes += " stroke-dasharray=\"\(pen.dashes.map(number).joined(separator: " "))\""
    }
    if pen.hasRoundCaps { attributes += " stroke-linecap=\"round\"" }
    let data = lines.map { "M" + points($0) }.joined()
    body += "<path \(attributes) d=\"\(data)\"/>\n"
  }

  private mutating func write(_ text: DrawingCommand.Text) {
    var classes = "f-\(text.ink.name)"
    use(text.ink)
    if text.hasHalo {
      classes += " halo s-background"
      use(nil, .background)
    }
    let (x, y) = (number(text.place.x), number(text.place.y))
    var attributes = "class=\"\(classes)\" x=\"\(x)\" y=\"\(y)\" font-size=\"\(number(text.size))\""
    if text.anchor != .start { attributes += " text-anchor=\"\(text.anchor.rawValue)\"" }
    if text.isBold { attributes += " font-weight=\"bold\"" }
    if text.isUpward { attributes += " transform=\"rotate(-90 \(x) \(y))\"" }
    body += "<text \(attributes)>\(PlainText.escapedForXML(text.string))</text>\n"
  }

  private mutating func fill(_ ink: Ink) -> String {
    use(ink)
    return "class=\"f-\(ink.name)\""
  }

  private mutating func stroke(_ ink: Ink) -> String {
    use(nil, ink)
    return "class=\"s-\(ink.name)\""
  }

  private mutating func use(_ fill: Ink?, _ stroke: Ink? = nil) {
    if let fill, !fills.contains(fill) { fills.append(fill) }
    if let stroke, !strokes.contains(stroke) { strokes.append(stroke) }
  }

  private func shown(_ opacity: Double) -> String {
    opacity < 1 ? " fill-opacity=\"\(number(opacity))\"" : ""
  }

  private func points(_ path: [Point]) -> String {
    path.map { "\(number($0.x)) \(number($0.y))" }.joined(separator: " ")
  }
}

/// At most two decimals, no trailing zeros: a fiftieth of a pixel is not seen.
private func number(_ value: Double) -> String {
  guard value.isFinite, value.magnitude < 1e9 else { return "0" }
  let hundredths = Int((value * 100).rounded())
  let (whole, rest) = abs(hundredths).quotientAndRemainder(dividingBy: 100)
  let sign = hundredths < 0 ? "-" : ""
  if rest == 0 { return "\(sign)\(whole)" }
  let digits = rest.isMultiple(of: 10) ? "\(rest / 10)" : rest < 10 ? "0\(rest)" : "\(rest)"
  return "\(sign)\(whole).\(digits)"
}
