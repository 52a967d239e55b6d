extension Picture {
  mutating func drawSurfaces(_ shape: SeriesShape, _ look: Look) {
    for surface in shape.surfaces {
      let outline = withoutCollinearPoints(surface.map(area.place), tolerance: 0.05)
      commands.append(.surface(outline, look.ink, opacity: Look.surfaceOpacity))
      occupancy.take(surface: outline)
    }
  }

  mutating func drawLines(_ shape: SeriesShape, _ look: Look, isWithPoints: Bool) {
    let lines = shape.lines.map { withoutCollinearPoints($0.map(area.place), tolerance: 0.05) }
    if !lines.isEmpty, look.hasOutline {
      commands.append(.lines(lines, look.pen(typography.scale)))
    }
    let dots = shape.dots.map(area.place)
    if !dots.isEmpty {
      commands.append(.dots(dots, radius: (isWithPoints ? 3.5 : 2) * typography.scale, look.ink))
    }
    for line in lines { occupancy.take(line: line) }
    for dot in dots { occupancy.take(dot) }
  }

  mutating func drawMarks() {
    let places = figure.marks.map { Point(x: maps.x.unit($0.x), y: maps.y.unit($0.y)) }
    let seen = zip(figure.marks, places).filter { isInside($0.1) }
      .map { (label: $0.0.label, place: area.place($0.1)) }
    for mark in seen {
      occupancy.take(Rectangle(x: mark.place.x, y: mark.place.y, width: 0, height: 0).grown(by: 6))
    }
    for mark in seen where !mark.label.isEmpty { label(mark.place, mark.label) }
    for mark in seen { commands.append(.mark(mark.place, radius: 6 * typography.scale)) }
  }
}

// MARK: - Rules

extension Picture {
  private func unit(_ value: Double, _ rule: Figure.Rule) -> Double {
    rule.direction == .vertical ? maps.x.unit(value) : maps.y.unit(value)
  }

  mutating func drawStrips() {
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

  mutating func drawRules() {
    for (_, line) in rulesInSight() {
      let pen = DrawingCommand.Pen(
        ink: .rule, width: 1.3 * typography.scale, dashes: [5, 3].map { $0 * typography.scale })
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

  mutating func labelRules() {
    for (rule, line) in rulesInSight() where !rule.label.isEmpty {
      label(line, rule.direction, rule.label)
    }
  }
}
