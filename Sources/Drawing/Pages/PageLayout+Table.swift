extension PageLayout {
  /// The table; columns that do not fit beside each other stand below, in another table that begins
  /// with the first column again.
  mutating func place(_ table: PageTable) {
    guard !table.columns.isEmpty else { return }
    for grid in TableGrid.grids(of: table, width: PageStyle.room.width, breaker) {
      place(grid, table)
    }
  }

  private mutating func place(_ grid: TableGrid, _ table: PageTable) {
    let header = TableRow(header: grid, table, breaker)
    let rows = table.rows.lazy.map { [breaker] in TableRow($0, grid, breaker) }
    space(Self.blockGap)
    let start = header.height + (rows.first.map { min($0.height, header.height * 4) } ?? 0)
    reserve(start)
    draw(header, grid, PageStyle.header)
    for row in rows { place(row, grid, below: header) }
  }

  /// A row that does not fit goes to the next page, below the header again; one that is taller than
  /// a page is divided between lines.
  private mutating func place(_ row: TableRow, _ grid: TableGrid, below header: TableRow) {
    var row = row
    let most = TableRow.lines(within: PageStyle.room.height - header.height)
    while row.lines > 0 {
      let fitting = TableRow.lines(within: rest)
      if fitting < 1 || fitting < row.lines && row.lines <= most {
        turnPage()
        draw(header, grid, PageStyle.header)
        continue
      }
      draw(row.first(fitting), grid, PageStyle.cell)
      row = row.rest(after: fitting)
    }
  }

  private mutating func draw(_ row: TableRow, _ grid: TableGrid, _ font: PageFont) {
    for (place, lines) in row.cells.enumerated() {
      for (number, line) in lines.enumerated() where !line.isEmpty {
        let missing = grid.isNumeric[place] ? grid.widths[place] - breaker.measure(line, font) : 0
        let text = PageText(
          string: line, x: PageStyle.room.x + grid.starts[place] + max(missing, 0),
          baseline: y + TableRow.padding + Double(number) * font.lineHeight + font.ascent,
          font: font)
        draw { $0.texts.append(text) }
      }
    }
    y += row.height
    let rule = Rectangle(x: PageStyle.room.x, y: y - 0.5, width: grid.width, height: 0.5)
    draw { $0.rules.append(rule) }
  }
}

/// The lines of each cell of a row.
private struct TableRow {
  let cells: [[String]]

  static let padding = 2.0
  /// A header takes at most a third of a page.
  private static let most = Int(PageStyle.room.height / 3 / PageStyle.header.lineHeight)

  private init(cells: [[String]]) { self.cells = cells }

  init(_ row: [String], _ grid: TableGrid, _ breaker: LineBreaker) {
    cells = zip(grid.columns, grid.widths).map {
      breaker.lines(row[$0], PageStyle.cell, width: $1)
    }
  }

  init(header grid: TableGrid, _ table: PageTable, _ breaker: LineBreaker) {
    cells = zip(grid.columns, grid.widths).map { column, width in
      let lines = breaker.lines(table.columns[column].name, PageStyle.header, width: width)
      guard lines.count > Self.most else { return lines }
      let last = PlainText.cut(
        lines[Self.most - 1] + " " + lines[Self.most], to: width,
        measure: { breaker.measure($0, PageStyle.header) })
      return lines.prefix(Self.most - 1) + [last]
    }
  }

  var lines: Int { cells.map(\.count).max() ?? 0 }
  var height: Double { Double(lines) * PageStyle.cell.lineHeight + 2 * Self.padding }

  static func lines(within height: Double) -> Int {
    Int(((height - 2 * padding) / PageStyle.cell.lineHeight).rounded(.down))
  }

  func first(_ count: Int) -> TableRow { TableRow(cells: cells.map { Array($0.prefix(count)) }) }
  func rest(after count: Int) -> TableRow {
    TableRow(cells: cells.map { Array($0.dropFirst(count)) })
  }
}
