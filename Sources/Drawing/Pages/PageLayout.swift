import Algorithms

/// A document laid out: one block below the other, from page to page.
///
/// Nothing is wider than what the margins leave, and no line, row or figure is divided between two
/// pages unless it is taller than a page.
struct PageLayout {
  /// The width of a line of text without line breaks, in points.
  typealias Measure = (String, PageFont) -> Double

  private(set) var pages = [Page()]
  private(set) var outline: [OutlineEntry] = []
  let breaker: LineBreaker
  /// The top of what comes next.
  var y = PageStyle.room.y

  static let blockGap = 10.0

  /// O(length of the texts).
  init(_ document: PagedDocument, measure: @escaping Measure) {
    breaker = LineBreaker(measure: measure)
    for (index, block) in document.blocks.enumerated() {
      place(block, before: document.blocks[(index + 1)...])
    }
    addFeet(document.title)
  }

  /// What follows in the document.
  private typealias Rest = ArraySlice<PagedDocument.Block>

  private mutating func place(_ block: PagedDocument.Block, before next: Rest) {
    switch block {
    case .heading(let level, let text): placeHeading(level, text, before: next)
    case .lead(let text): placeText(text, PageStyle.lead)
    case .paragraph(let text): placeText(text, PageStyle.paragraph)
    case .lines(let text): placeLines(text, before: next)
    case .table(let table): place(table)
    case .figure(let figure): place(figure)
    }
  }

  // MARK: - The page

  private var isAtTop: Bool { y <= PageStyle.room.y }

  /// The height that is left on the page.
  var rest: Double { PageStyle.room.bottom - y }

  /// Space between blocks, none at the top of a page.
  mutating func space(_ height: Double) {
    if !isAtTop { y += height }
  }

  /// Goes to the next page where the height does not fit on this one.
  mutating func reserve(_ height: Double) {
    if height > rest, !isAtTop { turnPage() }
  }

  mutating func turnPage() {
    pages.append(Page())
    y = PageStyle.room.y
  }

  mutating func draw(_ change: (inout Page) -> Void) { change(&pages[pages.count - 1]) }

  // MARK: - Texts

  private mutating func placeHeading(_ level: Int, _ text: String, before next: Rest) {
    let font = PageStyle.heading(level)
    let lines = breaker.lines(text, font, width: PageStyle.room.width)
    space(level == 1 ? 20 : 16)
    // A heading stands on the page of what it is the heading of.
    reserve(Double(lines.count) * font.lineHeight + leastHeight(of: next))
    outline.append(OutlineEntry(level: level, text: text, page: pages.count, y: y))
    flow(lines, font)
  }

  /// The height of what should stand on the page of what is before it.
  private func leastHeight(of blocks: Rest) -> Double {
    guard let block = blocks.first else { return 0 }
    let height =
      switch block {
      case .heading(let level, _): 2 * PageStyle.heading(level).lineHeight
      case .lead, .paragraph: 2 * PageStyle.lead.lineHeight
      case .lines(let text): heightWithFigure(physicalLines(text), before: blocks.dropFirst())
      case .table: 5 * PageStyle.cell.lineHeight
      case .figure(let figure): Self.size(of: figure).height
      }
    return Self.blockGap + height
  }

  private mutating func placeText(_ text: String, _ font: PageFont) {
    let lines = breaker.lines(text, font, width: PageStyle.room.width)
    guard lines != [""] else { return }
    space(Self.blockGap)
    reserve(Double(min(lines.count, 2)) * font.lineHeight)
    flow(lines, font)
  }

  private mutating func placeLines(_ text: String, before next: Rest) {
    let lines = physicalLines(text)
    space(Self.blockGap)
    reserve(heightWithFigure(lines, before: next))
    flow(lines, PageStyle.lines)
  }

  private func physicalLines(_ text: String) -> [String] {
    text.split(separator: /\r\n|\n|\r/, omittingEmptySubsequences: false)
      .flatMap { breaker.pieces($0, PageStyle.lines, width: PageStyle.room.width) }
  }

  /// What takes little of a page is kept together, with the figure that belongs to it.
  private func heightWithFigure(_ lines: [String], before next: Rest) -> Double {
    let height = Double(lines.count) * PageStyle.lines.lineHeight
    guard height <= PageStyle.room.height / 2 else { return 2 * PageStyle.lines.lineHeight }
    guard case .figure(let figure)? = next.first else { return height }
    return height + Self.blockGap + Self.size(of: figure).height
  }

  private mutating func flow(_ lines: [String], _ font: PageFont) {
    for line in lines {
      reserve(font.lineHeight)
      let text = PageText(
        string: line, x: PageStyle.room.x, baseline: y + font.ascent, font: font)
      if !line.isEmpty { draw { $0.texts.append(text) } }
      y += font.lineHeight
    }
  }

  /// The title and the number of each page.
  private mutating func addFeet(_ title: String) {
    let font = PageStyle.foot
    for index in pages.indices {
      let number = "\(index + 1) of \(pages.count)"
      let width = breaker.measure(number, font)
      let cut = PlainText.cut(
        PlainText.oneLine(title), to: PageStyle.room.width - width - 24,
        measure: { breaker.measure($0, font) })
      for (text, x) in [(cut, PageStyle.room.x), (number, PageStyle.room.right - width)] {
        pages[index].texts.append(
          PageText(
            string: text, x: x, baseline: PageStyle.footBaseline, font: font, ink: .muted))
      }
    }
  }
}

// MARK: - Figures

extension PageLayout {
  /// As wide as the page, and as tall as lets two stand one below the other, each with a line above.
  static func size(of figure: Figure) -> Figure.Size {
    let size = figure.standardSize
    let above = PageStyle.lines.lineHeight + 2 * blockGap
    let scale = min(
      PageStyle.room.width / size.width, (PageStyle.room.height / 2 - above) / size.height)
    return Figure.Size(
      width: (size.width * scale).rounded(.down), height: (size.height * scale).rounded(.down))
  }

  private mutating func place(_ figure: Figure) {
    let size = Self.size(of: figure)
    space(Self.blockGap)
    reserve(size.height)
    let place = Rectangle(
      x: PageStyle.room.x + (PageStyle.room.width - size.width) / 2, y: y, width: size.width,
      height: size.height)
    draw { $0.figures.append(PlacedFigure(figure: figure, place: place)) }
    y += size.height
  }
}
