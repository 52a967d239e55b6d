extension TerminalPlot {
  mutating func drawAxes() {
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
      grid.write(tick.text, column: axisColumn - 1 - TerminalColumns.of(tick.text), row: row)
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
