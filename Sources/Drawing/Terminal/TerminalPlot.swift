/// A figure laid out in a grid of characters.
struct TerminalPlot {
  var grid: TextGrid
  var canvas: DotCanvas
  let figure: Figure
  let style: TerminalStyle
  let maps: (x: AxisMap, y: AxisMap)
  let yTicks: [Tick]
  let legend: TerminalLegend
  let lines: Lines
  /// The column of the vertical axis; the plot begins right of it.
  let axisColumn: Int

  /// Which lines there are beside the plot, its axis and the axis' labels.
  struct Lines {
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
    // Labels, a space, the axis.
    axisColumn = (yTicks.map { TerminalColumns.of($0.text) + 1 }.max() ?? 0)
    let columns = width - axisColumn - 1
    guard columns >= 10, rows >= 3 else { return nil }
    canvas = DotCanvas(columns: columns, rows: rows, style: style)
    drawData()
    drawAxes()
    drawLabels()
  }

  /// The lines that leave the plot five rows, the most informative first; of the legend, what fits.
  private static func lines(_ figure: Figure, _ legend: TerminalLegend, _ height: Int) -> Lines {
    var lines = Lines()
    let wanted: [(WritableKeyPath<Lines, Int>, Int)] = [
      (\.title, figure.title.isEmpty ? 0 : 1),
      (\.xLabel, figure.xAxis.label.isEmpty ? 0 : 1),
      (\.legend, min(legend.rows.count, height / 4)),
      (\.yLabel, figure.yAxis.label.isEmpty ? 0 : 1),
    ]
    for (line, count) in wanted {
      lines[keyPath: line] = max(min(count, height - 7 - lines.count), 0)
    }
    return lines
  }

  var top: Int { lines.title + lines.yLabel }
}

// MARK: - Data

extension TerminalPlot {
  private mutating func drawData() {
    let looks = Palette.looks(of: figure.series)
    let hasOneHistogram = figure.series.count { $0.kind.reachesNextPlace } == 1
    for (series, look) in zip(figure.series, looks) where series.role != .uncertainty {
      let shape = SeriesShape(
        series, x: maps.x, y: maps.y, columns: canvas.width * 2, dotColumns: canvas.width,
        dotRows: canvas.height)
      let pen = look.dotPen
      if series.kind.reachesNextPlace, hasOneHistogram {
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

  func rulesInSight() -> [(rule: Figure.Rule, unit: Double)] {
    figure.rules.compactMap { rule in
      let unit = unit(rule.value, rule)
      return unit >= 0 && unit <= 1 ? (rule, unit) : nil
    }
  }

  func unit(_ value: Double, _ rule: Figure.Rule) -> Double {
    rule.direction == .vertical ? maps.x.unit(value) : maps.y.unit(value)
  }
}
