/// Reduces a path to what can be seen: of every run of points in one column of the picture only the
/// first, the lowest, the highest and the last stay, in their order.
///
/// O(1) per point, at most four points per run. The picture is the same as of all points, as the
/// lines within a column cover the same pixels.
struct PathThinning {
  private let columns: Double
  private var path: [Point] = []
  private var column = Int.min
  private var first = Seen()
  private var lowest = Seen()
  private var highest = Seen()
  private var last = Seen()
  private var order = 0

  private struct Seen {
    var point = Point(x: 0, y: 0)
    var order = 0
  }

  /// - Parameter columns: into how many columns the width 0…1 is divided.
  init(columns: Int) { self.columns = Double(columns) }

  mutating func append(_ point: Point) {
    let column = Int((min(max(point.x, -1), 2) * columns).rounded(.down))
    order += 1
    let seen = Seen(point: point, order: order)
    if column != self.column {
      flush()
      self.column = column
      (first, lowest, highest) = (seen, seen, seen)
    } else if point.y < lowest.point.y {
      lowest = seen
    } else if point.y > highest.point.y {
      highest = seen
    }
    last = seen
  }

  /// How many points have been kept so far.
  var count: Int { path.count }

  /// The path so far; the next point begins a new one.
  mutating func finish() -> [Point] {
    flush()
    defer {
      path = []
      column = Int.min
    }
    return path
  }

  private mutating func flush() {
    guard column != Int.min else { return }
    let (earlier, later) = lowest.order < highest.order ? (lowest, highest) : (highest, lowest)
    var order = 0
    for seen in [first, earlier, later, last] where seen.order > order {
      path.append(seen.point)
      order = seen.order
    }
  }
}
