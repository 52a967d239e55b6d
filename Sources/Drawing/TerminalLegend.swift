/// The names of a figure's series, each behind a sample, flowed into rows.
struct TerminalLegend {
  private(set) var rows: [[Entry]] = []
  private let style: TerminalStyle

  struct Entry {
    let name: String
    let pen: DotPen
    let isFilled: Bool
    let column: Int
    let width: Int
  }

  private static let sampleWidth = 4
  private static let gap = 3

  init(_ figure: Figure, style: TerminalStyle, width: Int) {
    self.style = style
    guard figure.legend == .automatic else { return }
    let looks = Palette.looks(of: figure.series)
    var column = 0
    for (series, look) in zip(figure.series, looks) where series.isInLegend {
      let name = style.cut(series.name, to: max(width - Self.sampleWidth - 1, 1))
      let needed = Self.sampleWidth + 1 + TerminalColumns.of(name)
      if rows.isEmpty || column + needed > width {
        rows.append([])
        column = 0
      }
      rows[rows.count - 1].append(
        Entry(
          name: name, pen: look.dotPen, isFilled: series.kind == .bars, column: column,
          width: needed))
      column += needed + Self.gap
    }
  }

  func write(to grid: inout TextGrid, row: Int, indent: Int) {
    let widest = rows.compactMap(\.last).map { $0.column + $0.width }.max() ?? 0
    let start = max(min(indent, grid.columns - widest), 0)
    for (index, entries) in rows.enumerated() {
      for entry in entries {
        write(entry, to: &grid, column: start + entry.column, row: row + index)
      }
    }
  }

  private func write(_ entry: Entry, to grid: inout TextGrid, column: Int, row: Int) {
    var sample = DotCanvas(columns: Self.sampleWidth, rows: 1, style: style)
    if entry.isFilled {
      let corners = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]
      sample.fill(corners.map { Point(x: $0.0, y: $0.1) }, entry.pen)
    } else {
      sample.draw([Point(x: 0, y: 0.5), Point(x: 1, y: 0.5)], entry.pen)
    }
    for place in 0..<Self.sampleWidth {
      guard let (text, ink) = sample.character(column: place, row: 0) else { continue }
      grid.write(text, column: column + place, row: row, ink)
    }
    grid.write(entry.name, column: column + Self.sampleWidth + 1, row: row)
  }
}
