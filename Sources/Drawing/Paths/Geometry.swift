/// A place in a picture, or in a plot whose sides are both 0…1.
struct Point: Hashable, Sendable {
  var x: Double
  var y: Double

  func distance(to other: Point) -> Double {
    let (across, along) = (x - other.x, y - other.y)
    return (across * across + along * along).squareRoot()
  }
}

/// An upright rectangle; y grows downward, as in the pictures.
struct Rectangle: Hashable, Sendable {
  var x: Double
  var y: Double
  var width: Double
  var height: Double

  var right: Double { x + width }
  var bottom: Double { y + height }

  /// The place of a point of the plot, whose y grows upward.
  func place(_ unit: Point) -> Point {
    Point(x: x + unit.x * width, y: bottom - unit.y * height)
  }

  func grown(by margin: Double) -> Rectangle {
    Rectangle(
      x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin)
  }

  func holds(_ other: Rectangle) -> Bool {
    other.x >= x && other.y >= y && other.right <= right && other.bottom <= bottom
  }
}

extension Rectangle {
  /// The rectangle, no larger than another, moved by the least way into it.
  func moved(into room: Rectangle) -> Rectangle {
    Rectangle(
      x: max(min(x, room.right - width), room.x), y: max(min(y, room.bottom - height), room.y),
      width: width, height: height)
  }

  func nearest(to point: Point) -> Point {
    Point(x: min(max(point.x, x), right), y: min(max(point.y, y), bottom))
  }

  func gap(to point: Point) -> Double { nearest(to: point).distance(to: point) }
}
