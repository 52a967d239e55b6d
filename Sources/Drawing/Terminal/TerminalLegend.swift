/// The names of a figure's series, each after a sample, flowed into rows.
///
/// The labels of marks that are too long to stand in the plot come first.
struct TerminalLegend {
  private(set) var rows: [[Entry]] = []
  private let style: TerminalStyle
  private let width: Int

  struct Entry {
    let name: String
    let sample: Sample
    let column: Int
    let width: Int
  }

  enum Sample {
    case line(DotPen)
    case surface(DotPen)
    case mark

    init(_ kind: Figure.Series.Kind, _ pen: DotPen) {
      switch kind {
      case .line, .lineWithPoints, .stepsBefore, .area: self = .line(pen)
      case .points:
        var dotted = pen
        dotted.dashes = [1, 3]
        self = .line(dotted)
      case .bars: self = .surface(pen)
      }
    }
  }

  private static let sampleWidth = 6
  private static let gap = 3

  init(_ figure: Figure, style: TerminalStyle, width: Int) {
    (self.style, self.width) = (style, width)
    for mark in figure.marks where isForLegend(mark.label) { add(mark.label, .mark) }
    guard figure.legend == .automatic else { return }
    for (series, look) in zip(figure.series, Palette.looks(of: figure.series))
    where series.isInLegend {
      add(series.name, Sample(series.kind, look.dotPen))
    }
  }

  /// Whether a mark's label is so long that it would hide the plot.
  func isForLegend(_ label: String) -> Bool { TerminalColumns.of(label) > width / 2 }

  private mutating func add(_ text: String, _ sample: Sample) {
    let sampleWidth = if case .mark = sample { 2 } else { Self.sampleWidth + 1 }
    let name = style.cut(text, to: max(width - sampleWidth, 1))
    let needed = sampleWidth + TerminalColumns.of(name)
    var column = rows.last?.last.map { $0.column + $0.width + Self.gap } ?? 0
    if rows.isEmpty || column + needed > width {
      rows.append([])
      column = 0
    }
    let entry = Entry(name: name, sample: sample, column: column, width: needed)
    rows[rows.count - 1].append(entry)
  }
}

extension TerminalLegend {
  /// Writes as many rows as there are lines for.
  func write(to grid: inout TextGrid, rows lines: Range<Int>, indent: Int) {
    let widest = rows.compactMap(\.last).map { $0.column + $0.width }.max() ?? 0
    let start = max(min(indent, grid.columns - widest), 0)
    for (line, entries) in zip(lines, rows) {
      for entry in entries {
        write(entry.sample, to: &grid, column: start + entry.column, row: line)
        let end = start + entry.column + entry.width
        grid.write(entry.name, column: end - TerminalColumns.of(entry.name), row: line)
      }
    }
  }

  private func write(_ sample: Sample, to grid: inout TextGrid, column: Int, row: Int) {
    var canvas = DotCanvas(columns: Self.sampleWidth, rows: 1, style: style)
    switch sample {
    case .mark: grid.write(style.mark, column: column, row: row, .bold)
    case .line(let pen): canvas.draw([Point(x: 0, y: 0.5), Point(x: 1, y: 0.5)], pen)
    case .surface(let pen):
      let corners = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]
      canvas.fill(corners.map { Point(x: $0.0, y: $0.1) }, pen)
    }
    for place in 0..<canvas.columns {
      guard let (text, ink) = canvas.character(column: place, row: 0) else { continue }
      grid.write(text, column: column + place, row: row, ink)
    }
  }
}
