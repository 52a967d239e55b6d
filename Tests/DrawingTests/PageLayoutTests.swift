import Testing

@testable import Drawing

/// Documents laid out on pages: what stands where, before it is drawn.
@Suite struct PageLayoutTests {
  private static func width(_ text: String, _ font: PageFont) -> Double {
    font.isMonospaced
      ? Double(text.count) * 0.6 * font.size
      : TextWidth.of(text, size: font.size, isBold: font.isBold)
  }

  private static func layout(_ blocks: [PagedDocument.Block], title: String = "t") -> PageLayout {
    PageLayout(PagedDocument(title: title, blocks: blocks), measure: width)
  }

  private static func box(_ text: PageText) -> Rectangle {
    Rectangle(
      x: text.x, y: text.baseline - text.font.size, width: width(text.string, text.font),
      height: text.font.size * 1.25)
  }

  private static let long = String(repeating: "Überlänge_", count: 80)
  private static let words = String(repeating: "a few words and 中文 ", count: 900)
  private static let names = PageTable(
    [.init("name"), .init(long), .init("n", isNumeric: true)],
    rows: (0..<90).map { ["name \($0)", $0 == 40 ? words : long, "\($0)"] })
  private static let wide = PageTable(
    (0..<30).map { .init("column \($0)", isNumeric: $0 > 0) },
    rows: (0..<120).map { row in (0..<30).map { "\(row)/\($0)" } })

  private static let blocks: [PagedDocument.Block] = [
    .heading(1, long + words), .lead(words), .paragraph(long), .lines(long + "\n\n" + words),
    .table(names), .table(wide), .table(PageTable([], rows: [])),
    .table(PageTable([.init("only")], rows: [])), .heading(2, ""), .paragraph(" \n "),
    .figure(SampleFigures.sweep), .heading(9, "\u{0}\u{202E}"),
  ]

  /// No text, line or figure passes the margins, and no two texts overlap.
  @Test func staysWithinTheMargins() {
    let layout = Self.layout(Self.blocks, title: Self.words)
    #expect(layout.pages.count > 20)
    let room = PageStyle.room.grown(by: 0.01)
    for page in layout.pages {
      let texts = page.texts.filter { $0.baseline < PageStyle.footBaseline }.map(Self.box)
      let feet = page.texts.filter { $0.baseline >= PageStyle.footBaseline }.map(Self.box)
      #expect((texts + page.rules + page.figures.map(\.place)).allSatisfy(room.holds))
      #expect(feet.count == 2 && feet.allSatisfy { $0.x >= room.x && $0.right <= room.right })
      #expect(feet[0].right < feet[1].x)
      #expect(!texts.isEmpty || !page.figures.isEmpty, "an empty page")
      for (index, text) in texts.enumerated() {
        #expect(!texts[..<index].contains { $0.overlaps(text) })
      }
    }
  }

  /// Every row stands on one page, below the header of its columns.
  @Test func repeatsHeaders() {
    let table = PageTable(
      [.init("group"), .init("threshold", isNumeric: true)],
      rows: (0..<300).map { ["g\($0)", "0.\($0)"] })
    let pages = Self.layout([.paragraph("before"), .table(table), .paragraph("after")]).pages
    #expect(pages.count > 3)
    for page in pages {
      let strings = page.texts.map(\.string)
      #expect(strings.times("group") == 1 && strings.times("threshold") == 1)
    }
    let all = pages.flatMap { $0.texts.map(\.string) }
    for row in table.rows {
      for cell in row { #expect(all.times(cell) == 1, "\(cell)") }
    }
  }

  /// Columns that do not fit stand below, with the first column again; numbers are not broken.
  @Test func dividesWideTables() {
    let all = Self.layout([.table(Self.wide)]).pages.flatMap { $0.texts.map(\.string) }
    let times = all.times("7/0")
    #expect(times > 1)
    for row in Self.wide.rows {
      for (column, cell) in row.enumerated() {
        #expect(all.times(cell) == (column == 0 ? times : 1), "\(cell)")
      }
    }
  }

  /// A long text loses nothing, whether it is broken between words or within one.
  @Test func losesNoText() {
    func text(_ block: PagedDocument.Block) -> String {
      Self.layout([block]).pages.flatMap { page in
        page.texts.filter { $0.baseline < PageStyle.footBaseline }.map(\.string)
      }.joined().filter { $0 != " " }
    }
    let words = (0..<4_000).map { "w\($0)" }.joined(separator: " ")
    let solid = words.filter { $0 != " " }
    #expect(text(.paragraph(words)) == solid)
    #expect(text(.paragraph(solid)) == solid)
    #expect(text(.lines(words)) == solid)
    #expect(text(.heading(1, solid)) == solid)
    // A row that is taller than a page; its header is repeated.
    let cell = text(.table(PageTable([.init("#"), .init("@")], rows: [["", words]])))
    #expect(cell.filter { $0 != "#" && $0 != "@" } == solid)
    #expect(cell.split(separator: "#", omittingEmptySubsequences: false).count > 2)
  }

  /// Two figures stand on a page, and a heading on the page of what follows it.
  @Test func placesFigures() {
    let figure = SampleFigures.sweep
    #expect(
      Self.layout((0..<6).map { _ in .figure(figure) }).pages.map(\.figures.count) == [2, 2, 2])
    let layout = Self.layout([.figure(figure), .figure(figure), .heading(2, "h"), .figure(figure)])
    #expect(layout.pages.map(\.figures.count) == [2, 1])
    #expect(layout.outline.map(\.page) == [2])
  }

  /// The file has as many pages as the layout, its title and its outline.
  @Test func writesPDF() throws {
    let document = PagedDocument(title: "Ünï", subject: "s", blocks: Self.blocks)
    let bytes = try document.pdf()
    #expect(try document.pdf() == bytes)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.hasPrefix("%PDF-"))
    // From cairo 1.18 on these objects are compressed.
    if !text.contains("/ObjStm") {
      #expect(text.matches(of: /\/Type \/Page\b/).count > 20)
      #expect(text.contains("/Outlines") && text.contains("/Title"))
    }
  }
}

extension [String] {
  fileprivate func times(_ text: String) -> Int { count { $0 == text } }
}

extension Rectangle {
  fileprivate func overlaps(_ other: Rectangle) -> Bool {
    x < other.right - 0.01 && other.x < right - 0.01 && y < other.bottom - 0.01
      && other.y < bottom - 0.01
  }
}
