/// Which parts of a picture are drawn on, in coarse cells, to find room for labels.
struct Occupancy {
  private static let cell = 4.0
  private let columns: Int
  private let rows: Int
  private var isTaken: [Bool]

  init(_ size: Figure.Size) {
    columns = Int(size.width / Self.cell) + 1
    rows = Int(size.height / Self.cell) + 1
    isTaken = [Bool](repeating: false, count: columns * rows)
  }

  mutating func take(_ rectangle: Rectangle) {
    let (across, along) = cells(rectangle)
    for row in along {
      for column in across { isTaken[row * columns + column] = true }
    }
  }

  mutating func take(line path: [Point]) {
    if let only = path.first, path.count == 1 { take(only) }
    for (start, end) in zip(path, path.dropFirst()) {
      let steps = max((start.distance(to: end) / Self.cell).rounded(.up), 1)
      for step in 0...Int(steps) {
        let share = Double(step) / steps
        take(Point(x: start.x + share * (end.x - start.x), y: start.y + share * (end.y - start.y)))
      }
    }
  }

  mutating func take(_ point: Point) {
    take(Rectangle(x: point.x, y: point.y, width: 0, height: 0))
  }

  /// Which share of a rectangle is drawn on, 0…1.
  func share(of rectangle: Rectangle) -> Double {
    let (across, along) = cells(rectangle)
    guard !across.isEmpty, !along.isEmpty else { return 0 }
    var taken = 0
    for row in along {
      for column in across where isTaken[row * columns + column] { taken += 1 }
    }
    return Double(taken) / Double(across.count * along.count)
  }

  private func cells(_ rectangle: Rectangle) -> (Range<Int>, Range<Int>) {
    (
      Self.range(rectangle.x, rectangle.right, below: columns),
      Self.range(rectangle.y, rectangle.bottom, below: rows)
    )
  }

  private static func range(_ start: Double, _ end: Double, below count: Int) -> Range<Int> {
    let first = min(max(Int((start / cell).rounded(.down)), 0), count)
    let last = min(max(Int((end / cell).rounded(.down)) + 1, first), count)
    return first..<last
  }
}

extension Occupancy {
  /// Takes a surface: in each row of cells, what lies between every second crossing of its outline.
  mutating func take(surface outline: [Point]) {
    take(line: outline)
    for row in 0..<rows {
      let y = (Double(row) + 0.5) * Self.cell
      for (start, end) in spans(of: outline, at: y) {
        take(Rectangle(x: start, y: y, width: end - start, height: 0))
      }
    }
  }
}
