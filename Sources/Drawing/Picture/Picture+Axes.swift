extension Picture {
  mutating func drawGrid() {
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

  mutating func drawAxes() {
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

  mutating func drawTitles() {
    let (size, title) = (typography.label, typography.title)
    for (index, line) in frame.titleLines.enumerated() {
      let half = TextWidth.of(line, size: title, isBold: true) / 2
      let place = Point(
        x: held(area.x + area.width / 2, apart: half, within: self.size.width),
        y: typography.padding + title * (0.9 + 1.25 * Double(index)))
      commands.append(
        .text(
          DrawingCommand.Text(
            string: line, place: place, size: title, anchor: .middle, isBold: true)))
    }
    commands += axisTitle(figure.xAxis.label, along: self.size.width) { half in
      Point(
        x: held(area.x + area.width / 2, apart: half, within: self.size.width),
        y: min(area.bottom + 6 + typography.tick * 1.3 + size, self.size.height - 3))
    }
    let ticks = frame.yTicks.map { TextWidth.of($0.text, size: typography.tick) }.max() ?? 0
    commands += axisTitle(figure.yAxis.label, along: self.size.height, isUpward: true) { half in
      Point(
        x: max(area.x - ticks - 8 - size * 0.6, size),
        y: held(area.y + area.height / 2, apart: half, within: self.size.height))
    }
  }

  /// The middle of a text held so far from the picture's edges that the text stays within.
  private func held(_ middle: Double, apart half: Double, within length: Double) -> Double {
    min(max(middle, half + 4), max(length - half - 4, half + 4))
  }

  private func axisTitle(
    _ label: String, along length: Double, isUpward: Bool = false, at place: (Double) -> Point
  ) -> [DrawingCommand] {
    let size = typography.label
    let string = PlainText.cut(PlainText.oneLine(label), to: length - 2 * typography.padding) {
      TextWidth.of($0, size: size)
    }
    guard !string.isEmpty else { return [] }
    let middle = place(TextWidth.of(string, size: size) / 2)
    return [
      .text(
        DrawingCommand.Text(
          string: string, place: middle, size: size, anchor: .middle, isUpward: isUpward))
    ]
  }
}
