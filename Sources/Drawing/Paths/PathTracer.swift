/// An uninterrupted stretch of a series: its line, and for surfaces the edge it stands on.
struct SeriesPath {
  let upper: [Point]
  let lower: [Point]
}

/// Turns the points of a series into thinned paths, in one pass.
struct PathTracer {
  private let kind: Figure.Series.Kind
  private var upper: PathThinning
  private var lower: PathThinning
  private var previous: Point?
  private var paths: [SeriesPath] = []

  /// The paths of a series on its axes; `nil` if they stay too long for a drawing of sane size.
  ///
  /// O(n).
  static func paths(
    of series: Figure.Series, x: AxisMap, y: AxisMap, columns: Int
  ) -> [SeriesPath]? {
    var tracer = PathTracer(series.kind, columns: columns)
    // Where the axis has no zero, surfaces stand on its lower end.
    let base = y.shows(0) ? y.unit(0) : 0
    let hasLower = series.hasLower
    for index in 0..<series.placeCount {
      let point = Point(x: x.unit(series.x[index]), y: y.unit(series.y[index]))
      let foot = hasLower ? y.unit(series.lower[index]) : base
      let end = series.kind.reachesNextPlace ? x.unit(series.x[index + 1]) : 0
      if point.x.isNaN || point.y.isNaN || foot.isNaN || end.isNaN {
        tracer.interrupt()
      } else {
        tracer.add(point, foot: foot, end: end)
      }
      if tracer.size > greatestSize { return nil }
    }
    tracer.interrupt()
    return tracer.paths
  }

  /// Twice the points of the busiest path that never turns back, in the widest picture.
  private static let greatestSize = 80_000
  private var finishedSize = 0
  private var size: Int { finishedSize + upper.count }

  private init(_ kind: Figure.Series.Kind, columns: Int) {
    self.kind = kind
    upper = PathThinning(columns: columns)
    lower = PathThinning(columns: columns)
  }

  private mutating func interrupt() {
    finishedSize += upper.count
    let path = SeriesPath(upper: upper.finish(), lower: lower.finish())
    if !path.upper.isEmpty { paths.append(path) }
    previous = nil
  }

  private mutating func add(_ point: Point, foot: Double, end: Double) {
    switch kind {
    case .line, .lineWithPoints, .points:
      upper.append(point)
    case .stepsBefore:
      if let previous { upper.append(Point(x: previous.x, y: point.y)) }
      upper.append(point)
    case .area:
      upper.append(point)
      lower.append(Point(x: point.x, y: foot))
    case .bars:
      // Down to the foot between two bars, so that each is seen.
      for (x, y) in [(point.x, foot), (point.x, point.y), (end, point.y), (end, foot)] {
        upper.append(Point(x: x, y: y))
      }
      lower.append(Point(x: point.x, y: foot))
      lower.append(Point(x: end, y: foot))
    }
    previous = point
  }
}
