/// A figure laid out as a picture: the one pass that SVG, PNG and PDF share.
struct Picture {
  let size: Figure.Size
  var commands: [DrawingCommand] = []

  let figure: Figure
  let maps: (x: AxisMap, y: AxisMap)
  let frame: PlotFrame
  let looks: [Look]
  var area: Rectangle { frame.area }
  var typography: Typography { frame.typography }
  var occupancy: Occupancy

  /// Lays a figure out.
  ///
  /// O(n) for n points.
  init(_ figure: Figure, size: Figure.Size) {
    let maps = figure.axisMaps()
    let looks = Palette.looks(of: figure.series)
    let shapes = figure.series.map {
      // Half pixels, as the pictures may be drawn at twice their size; dots are 4 pixels wide.
      SeriesShape(
        $0, x: maps.x, y: maps.y, columns: Int(size.width * 2), dotColumns: Int(size.width / 2),
        dotRows: Int(size.height / 2))
    }
    let frame = PlotFrame(figure, maps, size, legendHeight: 0)
    self.init(figure, size, maps, frame, looks)
    draw(shapes)
    let legend = PictureLegend(
      figure, looks, typography, room: size.width - 2 * typography.padding - 4)
    if legend.entries.isEmpty || place(legend) { return }

    let rows = legend.rows(width: size.width - 2 * typography.padding)
    let height = Double(rows.count) * legend.rowHeight
    let lower = PlotFrame(figure, maps, size, legendHeight: height)
    self.init(figure, size, maps, lower, looks)
    draw(shapes)
    placeAbove(rows, legend)
  }

  private init(
    _ figure: Figure, _ size: Figure.Size, _ maps: (x: AxisMap, y: AxisMap), _ frame: PlotFrame,
    _ looks: [Look]
  ) {
    (self.figure, self.size, self.maps) = (figure, size, maps)
    (self.frame, self.looks) = (frame, looks)
    occupancy = Occupancy(size)
  }

  private mutating func draw(_ shapes: [SeriesShape]) {
    let whole = Rectangle(x: 0, y: 0, width: size.width, height: size.height)
    commands.append(.rectangle(whole, .background, opacity: 1))
    drawStrips()
    drawGrid()
    for (shape, look) in zip(shapes, looks) { drawSurfaces(shape, look) }
    drawRules()
    for ((series, shape), look) in zip(zip(figure.series, shapes), looks) {
      drawLines(shape, look, isWithPoints: series.kind.hasDots && series.kind.isJoined)
    }
    drawAxes()
    drawTitles()
    drawMarks()
    labelRules()
  }
}
