import Glibc

/// The path without the points that stand on the line between their neighbours.
///
/// From an anchor on, points are passed over as long as one direction leads past all of them within
/// the tolerance and each is farther than the one before. O(n).
func withoutCollinearPoints(_ path: [Point], tolerance: Double) -> [Point] {
  guard path.count > 2, var anchor = path.first else { return path }
  var kept = [anchor]
  var sector = Sector()
  var previous = anchor
  for point in path.dropFirst() {
    if !sector.admits(point, from: anchor, tolerance: tolerance) {
      kept.append(previous)
      anchor = previous
      sector = Sector()
      _ = sector.admits(point, from: anchor, tolerance: tolerance)
    }
    previous = point
  }
  kept.append(previous)
  return kept
}

/// The directions from an anchor that lead past every point so far within the tolerance.
private struct Sector {
  private var middle = 0.0
  private var lower = -Double.infinity
  private var upper = Double.infinity
  private var reach = 0.0

  mutating func admits(_ point: Point, from anchor: Point, tolerance: Double) -> Bool {
    let distance = anchor.distance(to: point)
    // Turning back hides nothing only where it is too small to be seen.
    guard distance >= reach else { return reach <= tolerance }
    guard distance > tolerance else { return true }
    let direction = atan2(point.y - anchor.y, point.x - anchor.x)
    if reach <= tolerance { middle = direction }
    reach = distance
    // Relative to the first direction, so that the half turn is no seam.
    let turn = remainder(direction - middle, 2 * Double.pi)
    guard turn >= lower, turn <= upper else { return false }
    let width = asin(tolerance / distance)
    lower = max(lower, turn - width)
    upper = min(upper, turn + width)
    return true
  }
}
