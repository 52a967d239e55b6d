// Lines and surfaces cut to the plot, whose sides are 0…1.

/// The parts of a path within the plot.
func clipped(_ path: [Point]) -> [[Point]] {
  guard path.count > 1 else { return path.allSatisfy(isInside) ? [path] : [] }
  var parts: [[Point]] = []
  var part: [Point] = []
  for (start, end) in zip(path, path.dropFirst()) {
    guard let (enters, leaves) = clippedSegment(start, end) else {
      if !part.isEmpty { parts.append(part) }
      part = []
      continue
    }
    if part.last != enters {
      if !part.isEmpty { parts.append(part) }
      part = [enters]
    }
    part.append(leaves)
  }
  return part.isEmpty ? parts : parts + [part]
}

func isInside(_ point: Point) -> Bool {
  point.x >= 0 && point.x <= 1 && point.y >= 0 && point.y <= 1
}

/// The part of a segment within the plot, after Liang and Barsky (1984).
private func clippedSegment(_ start: Point, _ end: Point) -> (Point, Point)? {
  if isInside(start), isInside(end) { return (start, end) }
  let (across, along) = (end.x - start.x, end.y - start.y)
  var (first, last) = (0.0, 1.0)
  for (speed, room) in [
    (-across, start.x), (across, 1 - start.x), (-along, start.y), (along, 1 - start.y),
  ] {
    if speed == 0 {
      if room < 0 { return nil }
    } else if speed < 0 {
      first = max(first, room / speed)
    } else {
      last = min(last, room / speed)
    }
  }
  guard first <= last else { return nil }
  func point(_ share: Double) -> Point {
    Point(x: held(start.x + share * across), y: held(start.y + share * along))
  }
  return (first == 0 ? start : point(first), last == 1 ? end : point(last))
}

private func held(_ unit: Double) -> Double { min(max(unit, 0), 1) }

/// The part of a surface within the plot, after Sutherland and Hodgman (1974).
func clippedSurface(_ outline: [Point]) -> [Point] {
  var outline = outline
  // Each side as the inside distance of a point.
  let sides: [(Point) -> Double] = [{ $0.x }, { 1 - $0.x }, { $0.y }, { 1 - $0.y }]
  for side in sides {
    guard let last = outline.last else { return [] }
    var cut: [Point] = []
    var (previous, before) = (last, side(last))
    for point in outline {
      let now = side(point)
      if (now < 0) != (before < 0) {
        let share = before / (before - now)
        cut.append(
          Point(
            x: previous.x + share * (point.x - previous.x),
            y: previous.y + share * (point.y - previous.y)))
      }
      if now >= 0 { cut.append(point) }
      (previous, before) = (point, now)
    }
    outline = cut
  }
  return outline.map { Point(x: held($0.x), y: held($0.y)) }
}

/// What a horizontal line at `y` has in common with a surface, as pairs of left and right ends.
func spans(of outline: [Point], at y: Double) -> [(start: Double, end: Double)] {
  guard var previous = outline.last else { return [] }
  var crossings: [Double] = []
  for point in outline {
    if (point.y < y) != (previous.y < y) {
      let share = (y - previous.y) / (point.y - previous.y)
      crossings.append(previous.x + share * (point.x - previous.x))
    }
    previous = point
  }
  crossings.sort()
  return stride(from: 1, to: crossings.count, by: 2).map { (crossings[$0 - 1], crossings[$0]) }
}
