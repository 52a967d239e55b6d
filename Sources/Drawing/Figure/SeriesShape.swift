/// A series placed on its axes: paths in a plot whose sides are 0…1, thinned to what can be seen
/// and cut to the plot.
struct SeriesShape {
  /// What is drawn as a line.
  private(set) var lines: [[Point]] = []
  /// What is filled, one outline each.
  private(set) var surfaces: [[Point]] = []
  /// What is drawn as dots.
  private(set) var dots: [Point] = []

  /// The shape of a series.
  ///
  /// O(n). - Parameters: - columns: how many columns of the picture can be distinguished. -
  /// dotColumns: in how many columns, and `dotRows` rows, dots in the same cell are drawn once.
  init(
    _ series: Figure.Series, x: AxisMap, y: AxisMap, columns: Int, dotColumns: Int, dotRows: Int
  ) {
    if series.kind.hasDots {
      dots = Self.dots(series, x: x, y: y, columns: dotColumns, rows: dotRows)
    }
    guard series.kind.isJoined else { return }
    guard let paths = PathTracer.paths(of: series, x: x, y: y, columns: columns) else {
      // A line that jumps to and fro this often is a blur; its points still show where it is.
      dots = Self.dots(series, x: x, y: y, columns: dotColumns, rows: dotRows)
      return
    }
    if series.kind.isSurface {
      surfaces = paths.map { clippedSurface($0.upper + $0.lower.reversed()) }
        .filter { $0.count > 2 }
    }
    lines = paths.flatMap { clipped($0.upper) }
    if series.hasLower { lines += paths.flatMap { clipped($0.lower) } }
    // A value alone between two gaps has no length; it is seen as a dot.
    dots += lines.filter { $0.count == 1 }.map { $0[0] }
    lines.removeAll { $0.count < 2 }
  }

  private static func dots(
    _ series: Figure.Series, x: AxisMap, y: AxisMap, columns: Int, rows: Int
  ) -> [Point] {
    let (columns, rows) = (min(max(columns, 1), 4096), min(max(rows, 1), 4096))
    var isTaken = [Bool](repeating: false, count: (columns + 1) * (rows + 1))
    var dots: [Point] = []
    for index in 0..<series.placeCount {
      let point = Point(x: x.unit(series.x[index]), y: y.unit(series.y[index]))
      guard isInside(point) else { continue }
      let cell = Int(point.y * Double(rows)) * (columns + 1) + Int(point.x * Double(columns))
      guard !isTaken[cell] else { continue }
      isTaken[cell] = true
      dots.append(point)
    }
    return dots
  }
}
