/// The sizes of a picture's letters and margins, in pixels.
struct Typography {
  /// The scale of everything else, at most 1.
  let scale: Double
  let title: Double
  let label: Double
  let tick: Double
  let padding: Double

  /// Smaller in small pictures, never larger.
  init(_ size: Figure.Size) {
    scale = min(max(min(size.width / 360, size.height / 280), 0.5), 1)
    title = 16 * scale
    label = 13 * scale
    tick = 12 * scale
    padding = 12 * scale
  }

  var legend: Double { tick }
}

/// Where in a picture the plot stands, and what surrounds it.
struct PlotFrame {
  let size: Figure.Size
  let typography: Typography
  /// The plot itself; its edges are in the middle of pixels, so that lines along them are crisp.
  private(set) var area: Rectangle
  private(set) var xTicks: [Tick]
  private(set) var yTicks: [Tick]
  let titleLines: [String]

  /// - Parameter legendHeight: what a legend above the plot needs.
  init(
    _ figure: Figure, _ maps: (x: AxisMap, y: AxisMap), _ size: Figure.Size,
    legendHeight: Double
  ) {
    let typography = Typography(size)
    (self.size, self.typography) = (size, typography)
    titleLines = Self.titleLines(figure.title, size, typography)
    let padding = typography.padding
    let titleHeight = Double(titleLines.count) * typography.title * 1.25
    let top = padding + titleHeight + legendHeight + (titleHeight + legendHeight > 0 ? 6 : 0)
    let labelHeight = figure.xAxis.label.isEmpty ? 0 : typography.label * 1.5
    let bottom = size.height - padding - labelHeight - typography.tick * 1.3 - 6
    let height = max(bottom - top, 10)
    let yTicks = maps.y.ticks(figure.yAxis.tickFormat, in: typography.verticalRoom(height))
    let tickWidth = yTicks.map { TextWidth.of($0.text, size: typography.tick) }.max() ?? 0
    let labelWidth = figure.yAxis.label.isEmpty ? 0 : typography.label * 1.5
    let left = padding + labelWidth + tickWidth + 8
    let width = max(size.width - left - padding, 10)
    area = Rectangle(x: left, y: top, width: width, height: height)
    self.yTicks = yTicks
    xTicks = maps.x.ticks(figure.xAxis.tickFormat, in: typography.horizontalRoom(width))
    fit(figure, maps)
  }

  /// Makes room for the last label beside the plot, makes the plot square if asked for, and moves
  /// its edges onto pixels.
  private mutating func fit(_ figure: Figure, _ maps: (x: AxisMap, y: AxisMap)) {
    if let last = xTicks.last {
      let reach =
        area.x + last.unit * area.width + TextWidth.of(last.text, size: typography.tick) / 2
      area.width = max(area.width - max(reach - (size.width - 4), 0), 10)
    }
    if figure.isSquare {
      let side = min(area.width, area.height)
      area.x += (area.width - side) / 2
      area.y += (area.height - side) / 2
      (area.width, area.height) = (side, side)
    }
    let (right, bottom) = (crisp(area.right), crisp(area.bottom))
    (area.x, area.y) = (crisp(area.x), crisp(area.y))
    (area.width, area.height) = (max(right - area.x, 1), max(bottom - area.y, 1))
    let format = (figure.xAxis.tickFormat, figure.yAxis.tickFormat)
    xTicks = maps.x.ticks(format.0, in: typography.horizontalRoom(area.width))
    yTicks = maps.y.ticks(format.1, in: typography.verticalRoom(area.height))
  }

  /// The title on at most two lines, broken at a space.
  private static func titleLines(
    _ title: String, _ size: Figure.Size, _ typography: Typography
  ) -> [String] {
    let room = size.width - 2 * typography.padding
    func measure(_ text: String) -> Double {
      TextWidth.of(text, size: typography.title, isBold: true)
    }
    let title = PlainText.oneLine(title)
    guard !title.isEmpty else { return [] }
    guard measure(title) > room else { return [title] }
    let words = title.split(separator: " ")
    var count = 0
    while count < words.count,
      measure(words[...count].joined(separator: " ")) <= room
    {
      count += 1
    }
    let lines = [words[..<count], words[count...]].map { $0.joined(separator: " ") }
    return lines.filter { !$0.isEmpty }.map { PlainText.cut($0, to: room, measure: measure) }
  }
}

/// The middle of the pixel that holds a coordinate.
func crisp(_ coordinate: Double) -> Double { coordinate.rounded(.down) + 0.5 }

extension Typography {
  fileprivate func verticalRoom(_ height: Double) -> TickRoom {
    TickRoom(
      length: height, gap: tick * 0.6, extent: { _ in tick * 1.2 },
      wanted: min(max(height / (60 * scale) + 1, 2), 6))
  }

  fileprivate func horizontalRoom(_ width: Double) -> TickRoom {
    TickRoom(
      length: width, gap: tick * 1.2, extent: { TextWidth.of($0, size: tick) },
      wanted: min(max(width / (90 * scale) + 1, 2), 6))
  }
}
