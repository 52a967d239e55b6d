extension TerminalPlot {
  mutating func drawLabels() {
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
    if lines.legend > 0 {
      legend.write(to: &grid, rows: row..<row + lines.legend, indent: axisColumn + 1)
    }
    let marks = figure.marks.map {
      (mark: $0, unit: Point(x: maps.x.unit($0.x), y: maps.y.unit($0.y)))
    }
    .filter { isInside($0.unit) }
    .map { (label: $0.mark.label, cell: canvas.cell($0.unit)) }
    for mark in marks {
      grid.write(
        style.mark, column: axisColumn + 1 + mark.cell.column, row: top + mark.cell.row, .bold)
    }
    for mark in marks where !legend.isForLegend(mark.label) {
      label(mark.cell, mark.label, .bold)
    }
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
    // Better unsaid in the plot than hiding it.
    guard let best, best.covered <= canvas.columns / 3 else { return }
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
