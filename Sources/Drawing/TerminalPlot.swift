/// A figure laid out in a grid of characters.
struct TerminalPlot {
  private(set) var grid: TextGrid
  private var canvas: DotCanvas
  private let figure: Figure
  private let style: TerminalStyle
  private let maps: (x: AxisMap, y: AxisMap)
  private let yTicks: [Tick]
  private let legend: TerminalLegend
  private let lines: Lines
  /// The column of the vertical axis; the plot begins right of it.
  private let axisColumn: Int

  /// Which lines there are beside the plot, its axis and the axis' labels.
  private struct Lines {
    var title = 0
    var yLabel = 0
    var xLabel = 0
    var legend = 0
    var count: Int { title + yLabel + xLabel + legend }
  }

  /// `nil` if there is no room for a plot.
  init?(_ figure: Figure, width: Int, height: Int, style: TerminalStyle) {
    (self.figure, self.style) = (figure, style)
    maps = figure.axisMaps()
    grid = TextGrid(columns: width, rows: height)
    legend = TerminalLegend(figure, style: style, width: width)
    lines = Self.lines(figure, legend, height)
    let rows = height - 2 - lines.count
    yTicks = maps.y.ticks(figure.yAxis.tickFormat, in: style.verticalRoom(rows))
    axisColumn = yTicks.map { TerminalColumns.of($0.text) }.max() ?? 0
    let columns = width - axisColumn - 1
    guard columns >= 10, rows >= 3 else { return nil }
    canvas = DotCanvas(columns: columns, rows: rows, style: style)
    drawData()
    drawAxes()
    drawLabels()
  }

  /// The lines that leave the plot five rows, the most telling first.
  private static func lines(_ figure: Figure, _ legend: TerminalLegend, _ height: Int) -> Lines {
    var lines = Lines()
    let wanted: [(WritableKeyPath<Lines, Int>, Int)] = [
      (\.title, figure.title.isEmpty ? 0 : 1), (\.legend, legend.rows.count),
      (\.xLabel, figure.xAxis.label.isEmpty ? 0 : 1),
      (\.yLabel, figure.yAxis.label.isEmpty ? 0 : 1),
    ]
    for (line, count) in wanted where height - 2 - lines.count - count >= 5 {
      lines[keyPath: line] = count
    }
    return lines
  }

  private var top: Int { lines.title + lines.yLabel }
}

// MARK: - Data

extension TerminalPlot {
  private mutating func drawData() {
    let looks = Palette.looks(of: figure.series)
    let hasOneHistogram = figure.series.count { $0.kind == .bars } == 1
    for (series, look) in zip(figure.series, looks) where series.role != .uncertainty {
      let shape = SeriesShape(
        series, x: maps.x, y: maps.y, columns: canvas.width * 2, dotColumns: canvas.width,
        dotRows: canvas.height)
      let pen = look.dotPen
      if series.kind == .bars, hasOneHistogram {
        for surface in shape.surfaces { canvas.fill(surface, pen) }
      } else {
        for line in shape.lines { canvas.draw(line, pen) }
      }
      for dot in shape.dots { canvas.draw(dot: dot, pen) }
    }
    for (rule, unit) in rulesInSight() { canvas.draw(rule.path(at: unit), rule.dotPen) }
    for row in 0..<canvas.rows {
      for column in 0..<canvas.columns {
        guard let (text, ink) = canvas.character(column: column, row: row) else { continue }
        grid.write(text, column: axisColumn + 1 + column, row: top + row, ink)
      }
    }
  }

  private func rulesInSight() -> [(rule: Figure.Rule, unit: Double)] {
    figure.rules.compactMap { rule in
      let unit = unit(rule.value, rule)
      return unit >= 0 && unit <= 1 ? (rule, unit) : nil
    }
  }

  private func unit(_ value: Double, _ rule: Figure.Rule) -> Double {
    rule.direction == .vertical ? maps.x.unit(value) : maps.y.unit(value)
  }
}

// MARK: - Axes

extension TerminalPlot {
  private mutating func drawAxes() {
    let bottom = top + canvas.rows
    let pieces = style.axisPieces
    for row in 0..<canvas.rows {
      grid.write(pieces.vertical, column: axisColumn, row: top + row, .faint)
    }
    grid.write(pieces.corner, column: axisColumn, row: bottom, .faint)
    for column in 0..<canvas.columns {
      grid.write(pieces.horizontal, column: axisColumn + 1 + column, row: bottom, .faint)
    }
    drawIntervals()
    for tick in yTicks {
      let row = top + canvas.cell(Point(x: 0, y: tick.unit)).row
      grid.write(pieces.yTick, column: axisColumn, row: row, .faint)
      grid.write(tick.text, column: axisColumn - TerminalColumns.of(tick.text), row: row)
    }
    drawXTicks(row: bottom)
  }

  /// The labels stand under their ticks, the last one first, as it is the one moved by the edge.
  private mutating func drawXTicks(row: Int) {
    let ticks = maps.x.ticks(
      figure.xAxis.tickFormat, in: style.horizontalRoom(canvas.columns))
    for tick in ticks.reversed() {
      let column = axisColumn + 1 + canvas.cell(Point(x: tick.unit, y: 0)).column
      let width = TerminalColumns.of(tick.text)
      let start = max(min(column - (width - 1) / 2, grid.columns - width), 0)
      let isFree = (start - 1...start + width).allSatisfy {
        $0 < 0 || $0 >= grid.columns || grid.isBlank(column: $0, row: row + 1)
      }
      guard isFree else { continue }
      grid.write(style.axisPieces.xTick, column: column, row: row, .faint)
      grid.write(tick.text, column: start, row: row + 1)
    }
  }

  /// Intervals are a heavier stretch of the axis: there is no shade of grey in dots.
  private mutating func drawIntervals() {
    for rule in figure.rules {
      guard let interval = rule.interval else { continue }
      let (start, end) = (unit(interval.lowerBound, rule), unit(interval.upperBound, rule))
      guard start <= end, end >= 0, start <= 1 else { continue }
      let (first, last) = (
        canvas.cell(Point(x: start, y: end)), canvas.cell(Point(x: end, y: start))
      )
      switch rule.direction {
      case .vertical:
        for column in first.column...last.column {
          let pieces = style.axisPieces
          grid.write(
            pieces.heavyHorizontal, column: axisColumn + 1 + column, row: top + canvas.rows,
            .bold)
        }
      case .horizontal:
        for row in first.row...last.row {
          grid.write(style.axisPieces.heavyVertical, column: axisColumn, row: top + row, .bold)
        }
      }
    }
  }
}

// MARK: - Texts

extension TerminalPlot {
  private mutating func drawLabels() {
    let titleWidth = grid.columns
    if lines.title > 0 { centre(style.cut(figure.title, to: titleWidth), row: 0, .bold) }
    if lines.yLabel > 0 {
      grid.write(style.cut(figure.yAxis.label, to: grid.columns), column: 0, row: lines.title)
    }
    var row = top + canvas.rows + 2
    if lines.xLabel > 0 {
      centre(style.cut(figure.xAxis.label, to: grid.columns), row: row)
      row += 1
    }
    if lines.legend > 0 { legend.write(to: &grid, row: row, indent: axisColumn + 1) }
    let marks = figure.marks.map {
      (mark: $0, unit: Point(x: maps.x.unit($0.x), y: maps.y.unit($0.y)))
    }
    .filter { isInside($0.unit) }
    .map { (label: $0.mark.label, cell: canvas.cell($0.unit)) }
    for mark in marks {
      grid.write(
        style.mark, column: axisColumn + 1 + mark.cell.column, row: top + mark.cell.row, .bold)
    }
    for mark in marks { label(mark.cell, mark.label, .bold) }
    for (rule, unit) in rulesInSight() {
      switch rule.direction {
      case .vertical: label((canvas.cell(Point(x: unit, y: 1)).column, 0), rule.label, .plain)
      case .horizontal:
        label((canvas.columns - 1, canvas.cell(Point(x: 0, y: unit)).row), rule.label, .plain)
      }
    }
  }

  /// Centred over the plot where that leaves the text whole.
  private mutating func centre(_ text: String, row: Int, _ ink: TerminalInk = .plain) {
    let width = TerminalColumns.of(text)
    let start = axisColumn + 1 + (canvas.columns - width) / 2
    grid.write(text, column: max(min(start, grid.columns - width), 0), row: row, ink)
  }

  /// A label beside a cell of the plot, where it covers least.
  private mutating func label(
    _ cell: (column: Int, row: Int), _ label: String, _ ink: TerminalInk
  ) {
    let text = style.cut(label, to: canvas.columns)
    let width = TerminalColumns.of(text)
    guard width > 0 else { return }
    var best: (covered: Int, column: Int, row: Int)?
    for distance in [0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5] {
      for start in [cell.column + 2, cell.column - 1 - width, cell.column - width / 2] {
        let row = cell.row + distance
        // A text across the line itself is for want of anything better.
        let column = max(min(start, canvas.columns - width), 0)
        guard (0..<canvas.rows).contains(row) else { continue }
        let covered = covered(column: column, row: row, width: width)
        if best.map({ covered < $0.covered }) ?? true { best = (covered, column, row) }
      }
    }
    guard let best else { return }
    grid.write(text, column: axisColumn + 1 + best.column, row: top + best.row, ink)
  }

  /// How many cells, with one to either side, are written on.
  private func covered(column: Int, row: Int, width: Int) -> Int {
    (column - 1...column + width).count {
      (0..<canvas.columns).contains($0)
        && !grid.isBlank(column: axisColumn + 1 + $0, row: top + row)
    }
  }
}
