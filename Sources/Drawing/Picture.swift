/// A figure laid out as a picture: the one pass that SVG, PNG and PDF share.
struct Picture {
  let size: Figure.Size
  private(set) var commands: [DrawingCommand] = []

  private let figure: Figure
  private let maps: (x: AxisMap, y: AxisMap)
  private let frame: PlotFrame
  private let looks: [Look]
  private var area: Rectangle { frame.area }
  private var typography: Typography { frame.typography }
  private var occupancy: Occupancy

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
      drawLines(shape, look, isWithPoints: series.kind == .lineWithPoints)
    }
    drawAxes()
    drawTitles()
    drawMarks()
    labelRules()
  }
}

// MARK: - Data

extension Picture {
  private mutating func drawSurfaces(_ shape: SeriesShape, _ look: Look) {
    for surface in shape.surfaces {
      let outline = withoutCollinearPoints(surface.map(area.place), tolerance: 0.05)
      commands.append(.surface(outline, look.ink, opacity: Look.surfaceOpacity))
      occupancy.take(surface: outline)
    }
  }

  private mutating func drawLines(_ shape: SeriesShape, _ look: Look, isWithPoints: Bool) {
    let lines = shape.lines.map { withoutCollinearPoints($0.map(area.place), tolerance: 0.05) }
    if !lines.isEmpty, look.hasOutline { commands.append(.lines(lines, look.pen)) }
    let dots = shape.dots.map(area.place)
    if !dots.isEmpty { commands.append(.dots(dots, radius: isWithPoints ? 3.5 : 2, look.ink)) }
    for line in lines { occupancy.take(line: line) }
    for dot in dots { occupancy.take(dot) }
  }

  private mutating func drawMarks() {
    let places = figure.marks.map { Point(x: maps.x.unit($0.x), y: maps.y.unit($0.y)) }
    let seen = zip(figure.marks, places).filter { isInside($0.1) }
      .map { (label: $0.0.label, place: area.place($0.1)) }
    for mark in seen {
      occupancy.take(Rectangle(x: mark.place.x, y: mark.place.y, width: 0, height: 0).grown(by: 6))
    }
    for mark in seen where !mark.label.isEmpty { label(mark.place, mark.label) }
    for mark in seen { commands.append(.mark(mark.place, radius: 6)) }
  }
}

// MARK: - Rules

extension Picture {
  private func unit(_ value: Double, _ rule: Figure.Rule) -> Double {
    rule.direction == .vertical ? maps.x.unit(value) : maps.y.unit(value)
  }

  private mutating func drawStrips() {
    for rule in figure.rules {
      guard let interval = rule.interval else { continue }
      let ends = [interval.lowerBound, interval.upperBound].map {
        min(max(unit($0, rule), 0), 1)
      }
      // Not a number: an end the scale cannot show.
      guard ends[0] < ends[1] else { continue }
      let isVertical = rule.direction == .vertical
      let corner = area.place(
        isVertical ? Point(x: ends[0], y: 1) : Point(x: 0, y: ends[1]))
      let length = ends[1] - ends[0]
      let strip = Rectangle(
        x: corner.x, y: corner.y, width: area.width * (isVertical ? length : 1),
        height: area.height * (isVertical ? 1 : length))
      commands.append(.rectangle(strip, .rule, opacity: 0.12))
    }
  }

  private mutating func drawRules() {
    for (_, line) in rulesInSight() {
      let pen = DrawingCommand.Pen(ink: .rule, width: 1.3, dashes: [5, 3])
      commands.append(.lines([line], pen))
      occupancy.take(line: line)
    }
  }

  private func rulesInSight() -> [(rule: Figure.Rule, line: [Point])] {
    figure.rules.compactMap { rule in
      let unit = unit(rule.value, rule)
      guard unit >= 0, unit <= 1 else { return nil }
      let ends =
        rule.direction == .vertical
        ? [Point(x: unit, y: 0), Point(x: unit, y: 1)]
        : [Point(x: 0, y: unit), Point(x: 1, y: unit)]
      return (rule, ends.map(area.place))
    }
  }

  private mutating func labelRules() {
    for (rule, line) in rulesInSight() where !rule.label.isEmpty {
      label(line, rule.direction, rule.label)
    }
  }
}

// MARK: - Labels of points and rules

extension Picture {
  /// A label beside a point, where it covers least; a short line leads to it from afar.
  private mutating func label(_ point: Point, _ string: String) {
    let text = fitted(string)
    let choices = [12.0, 24, 40].flatMap { distance in
      [
        (1, 0.0), (-1, 0), (1, 0.8), (-1, 0.8), (1, -0.8), (-1, -0.8), (1, 1.3), (-1, 1.3),
        (1, -1.3),
        (-1, -1.3), (0, -1), (0, 1),
      ].map {
        box(of: text, at: point, side: $0.0, rise: $0.1, distance: distance)
      }
    }
    guard let box = leastCovering(choices) else { return }
    if box.gap(to: point) > 20 {
      let near = box.grown(by: 2).nearest(to: point)
      let pen = DrawingCommand.Pen(ink: .muted, width: 1)
      commands.append(.lines([[point, near]], pen))
    }
    write(text, in: box)
  }

  private mutating func label(
    _ line: [Point], _ direction: Figure.Rule.Direction, _ string: String
  ) {
    let text = fitted(string)
    let (width, height) = (text.width, typography.label)
    let choices = (0...12).flatMap { step in
      [true, false].map { isFirst -> Rectangle in
        let share = Double(step) / 12
        return direction == .vertical
          ? Rectangle(
            x: line[0].x + (isFirst ? 6 : -6 - width),
            y: area.y + 4 + share * (area.height - height - 8), width: width, height: height)
          : Rectangle(
            x: area.right - 4 - width - share * (area.width - width - 8),
            y: line[0].y + (isFirst ? -4 - height : 4), width: width, height: height)
      }
    }
    if let box = leastCovering(choices) { write(text, in: box) }
  }

  private func fitted(_ string: String) -> (string: String, width: Double) {
    let size = typography.label
    let string = PlainText.cut(PlainText.oneLine(string), to: area.width - 8) {
      TextWidth.of($0, size: size)
    }
    return (string, TextWidth.of(string, size: size))
  }

  /// The box of a text that stands to the right (1), to the left (-1) or across (0) a point.
  private func box(
    of text: (string: String, width: Double), at point: Point, side: Int, rise: Double,
    distance: Double
  ) -> Rectangle {
    let height = typography.label
    let x =
      switch side {
      case 1: point.x + distance
      case -1: point.x - distance - text.width
      default: point.x - text.width / 2
      }
    let y = point.y - height / 2 + rise * (distance + (side == 0 ? height / 2 : 0))
    return Rectangle(x: x, y: y, width: text.width, height: height)
  }

  /// Of the boxes within the plot, the first of those that cover least; if none is within, the first
  /// moved into it.
  private func leastCovering(_ boxes: [Rectangle]) -> Rectangle? {
    let room = area.grown(by: -2)
    let within = boxes.filter(room.holds)
    let choices = within.isEmpty ? boxes.map { $0.moved(into: room) } : within
    return choices.map { (box: $0, share: occupancy.share(of: $0.grown(by: 2))) }
      .min { $0.share < $1.share }?.box
  }

  private mutating func write(_ text: (string: String, width: Double), in box: Rectangle) {
    guard !text.string.isEmpty else { return }
    // Centred on the box, as the readers' faces differ in width.
    let place = Point(x: box.x + box.width / 2, y: box.y + box.height * 0.82)
    commands.append(
      .text(
        DrawingCommand.Text(
          string: text.string, place: place, size: typography.label, anchor: .middle,
          hasHalo: true)))
    occupancy.take(box)
  }
}

// MARK: - Axes and titles

extension Picture {
  private mutating func drawGrid() {
    let lines =
      frame.xTicks.map { tick in
        let x = crisp(area.x + tick.unit * area.width)
        return [Point(x: x, y: area.y), Point(x: x, y: area.bottom)]
      }
      + frame.yTicks.map { tick in
        let y = crisp(area.bottom - tick.unit * area.height)
        return [Point(x: area.x, y: y), Point(x: area.right, y: y)]
      }
    if !lines.isEmpty { commands.append(.lines(lines, DrawingCommand.Pen(ink: .grid, width: 1))) }
  }

  private mutating func drawAxes() {
    let corner = [
      Point(x: area.x, y: area.y), Point(x: area.x, y: area.bottom),
      Point(x: area.right, y: area.bottom),
    ]
    let xMarks = frame.xTicks.map { tick in
      let x = crisp(area.x + tick.unit * area.width)
      return [Point(x: x, y: area.bottom), Point(x: x, y: area.bottom + 4)]
    }
    let yMarks = frame.yTicks.map { tick in
      let y = crisp(area.bottom - tick.unit * area.height)
      return [Point(x: area.x - 4, y: y), Point(x: area.x, y: y)]
    }
    commands.append(
      .lines([corner] + xMarks + yMarks, DrawingCommand.Pen(ink: .axis, width: 1)))
    for tick in frame.xTicks {
      write(
        tick.text, x: crisp(area.x + tick.unit * area.width),
        y: area.bottom + 5 + typography.tick, anchor: .middle)
    }
    for tick in frame.yTicks {
      write(
        tick.text, x: area.x - 7,
        y: crisp(area.bottom - tick.unit * area.height) + typography.tick * 0.35, anchor: .end)
    }
  }

  private mutating func write(
    _ string: String, x: Double, y: Double, anchor: DrawingCommand.Anchor
  ) {
    commands.append(
      .text(
        DrawingCommand.Text(
          string: string, place: Point(x: x, y: y), size: typography.tick, anchor: anchor,
          ink: .muted)))
  }

  private mutating func drawTitles() {
    let padding = typography.padding
    for (index, line) in frame.titleLines.enumerated() {
      let y = padding + typography.title * (0.9 + 1.25 * Double(index))
      let half = TextWidth.of(line, size: typography.title, isBold: true) / 2
      let x = min(max(area.x + area.width / 2, half + 4), max(size.width - half - 4, half + 4))
      commands.append(
        .text(
          DrawingCommand.Text(
            string: line, place: Point(x: x, y: y), size: typography.title, anchor: .middle,
            isBold: true)))
    }
    let size = typography.label
    let across = axisTitle(figure.xAxis.label, length: self.size.width - 2 * padding)
    let middle = area.x + area.width / 2
    let half = TextWidth.of(across, size: size) / 2
    let x = min(max(middle, half + 4), max(self.size.width - half - 4, half + 4))
    let y = min(area.bottom + 6 + typography.tick * 1.3 + size, self.size.height - 3)
    writeAxisTitle(across, Point(x: x, y: y), isUpward: false)
    let along = axisTitle(figure.yAxis.label, length: self.size.height - 2 * padding)
    let reach = TextWidth.of(along, size: size) / 2
    let level = min(
      max(area.y + area.height / 2, reach + 4), max(self.size.height - reach - 4, reach + 4))
    let tickWidth = frame.yTicks.map { TextWidth.of($0.text, size: typography.tick) }.max() ?? 0
    let left = max(area.x - tickWidth - 8 - size * 0.6, size)
    writeAxisTitle(along, Point(x: left, y: level), isUpward: true)
  }

  private func axisTitle(_ label: String, length: Double) -> String {
    let size = typography.label
    return PlainText.cut(PlainText.oneLine(label), to: length) { TextWidth.of($0, size: size) }
  }

  private mutating func writeAxisTitle(_ string: String, _ place: Point, isUpward: Bool) {
    guard !string.isEmpty else { return }
    commands.append(
      .text(
        DrawingCommand.Text(
          string: string, place: place, size: typography.label, anchor: .middle,
          isUpward: isUpward)))
  }
}

// MARK: - Legend

extension Picture {
  /// Puts the legend into the plot where it covers nothing; whether there is such a place.
  private mutating func place(_ legend: PictureLegend) -> Bool {
    let (width, height) = (legend.boxWidth, legend.boxHeight)
    let room = area.grown(by: -8)
    guard width <= room.width * 0.7, height <= room.height * 0.6 else { return false }
    let places: [(Double, Double)] = [
      (1, 1), (1, 0), (0, 0), (0, 1), (1, 0.5), (0, 0.5), (0.5, 0), (0.5, 1),
    ]
    for (x, y) in places {
      let box = Rectangle(
        x: room.x + x * (room.width - width), y: room.y + y * (room.height - height),
        width: width, height: height)
      guard occupancy.share(of: box.grown(by: 4)) == 0 else { continue }
      commands.append(.rectangle(box, .background, opacity: 0.85))
      for (index, entry) in legend.entries.enumerated() {
        let y = box.y + typography.legend * 0.3 + (Double(index) + 0.5) * legend.rowHeight
        commands += legend.commands(entry, x: box.x + typography.legend * 0.5, y: y)
      }
      return true
    }
    return false
  }

  private mutating func placeAbove(
    _ rows: [[(entry: PictureLegend.Entry, x: Double)]], _ legend: PictureLegend
  ) {
    let top =
      typography.padding + Double(frame.titleLines.count) * typography.title * 1.25
    let widest =
      rows.map { row in
        (row.last?.x ?? 0) + (row.last?.entry.width ?? 0) + typography.legend * 2.8
      }.max() ?? 0
    let left = min(max(area.x, typography.padding), max(size.width - widest - 4, 4))
    for (index, row) in rows.enumerated() {
      let y = top + (Double(index) + 0.5) * legend.rowHeight
      for place in row { commands += legend.commands(place.entry, x: left + place.x, y: y) }
    }
  }
}
