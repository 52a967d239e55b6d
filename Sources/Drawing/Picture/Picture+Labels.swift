// Labels stand in the plot beside what they name, where they cover least.
extension Picture {
  /// A label beside a point; a short line leads to it from afar.
  mutating func label(_ point: Point, _ string: String) {
    let text = fitted(string)
    let scale = typography.scale
    let choices = [12.0, 24, 40].flatMap { distance in
      Self.directions.map { side, rise in
        text.beside(point, side: side, rise: rise, distance: distance * scale)
      }
    }
    guard let place = leastCovering(choices) else { return }
    if place.box.gap(to: point) > 20 * scale {
      let near = place.box.grown(by: 2).nearest(to: point)
      let pen = DrawingCommand.Pen(ink: .muted, width: scale)
      commands.append(.lines([[point, near]], pen))
    }
    write(text, place)
  }

  /// To the right or left of the point (1, -1) or across it (0), and how far down for each unit of
  /// distance, the most natural first.
  private static let directions: [(side: Int, rise: Double)] = [
    (1, 0), (-1, 0), (1, 0.8), (-1, 0.8), (1, -0.8), (-1, -0.8), (1, 1.3), (-1, 1.3), (1, -1.3),
    (-1, -1.3), (0, -1), (0, 1),
  ]

  /// A label along a rule: at the top or the right end, or farther in.
  mutating func label(
    _ line: [Point], _ direction: Figure.Rule.Direction, _ string: String
  ) {
    let text = fitted(string)
    let choices = (0...12).flatMap { step in
      [true, false].map { isFirst in
        direction == .vertical
          ? besideVertical(line[0].x, text, Double(step) / 12, isRight: isFirst)
          : besideHorizontal(line[0].y, text, Double(step) / 12, isAbove: isFirst)
      }
    }
    if let place = leastCovering(choices) { write(text, place) }
  }

  private func besideVertical(
    _ x: Double, _ text: Label, _ share: Double, isRight: Bool
  ) -> Label.Place {
    let y = area.y + 4 + share * (area.height - text.height - 8)
    return Label.Place(
      box: text.box(x: x + (isRight ? 6 : -6 - text.width), y: y), anchor: isRight ? .start : .end)
  }

  private func besideHorizontal(
    _ y: Double, _ text: Label, _ share: Double, isAbove: Bool
  ) -> Label.Place {
    let x = area.right - 4 - text.width - share * (area.width - text.width - 8)
    return Label.Place(
      box: text.box(x: x, y: y + (isAbove ? -4 - text.height : 4)), anchor: .end)
  }

  private func fitted(_ string: String) -> Label {
    let size = typography.label
    let string = PlainText.cut(PlainText.oneLine(string), to: area.width - 8) {
      TextWidth.of($0, size: size)
    }
    return Label(string: string, width: TextWidth.of(string, size: size), height: size)
  }

  /// Of the places within the plot, the first of those that cover least; if none is within, of all
  /// moved into it.
  private func leastCovering(_ places: [Label.Place]) -> Label.Place? {
    let room = area.grown(by: -2)
    let within = places.filter { room.holds($0.box) }
    let choices =
      within.isEmpty
      ? places.map { Label.Place(box: $0.box.moved(into: room), anchor: .middle) } : within
    return choices.map { (place: $0, share: occupancy.share(of: $0.box.grown(by: 2))) }
      .min { $0.share < $1.share }?.place
  }

  private mutating func write(_ label: Label, _ place: Label.Place) {
    guard !label.string.isEmpty else { return }
    let box = place.box
    let x =
      switch place.anchor {
      case .start: box.x
      case .middle: box.x + box.width / 2
      case .end: box.right
      }
    commands.append(
      .text(
        DrawingCommand.Text(
          string: label.string, place: Point(x: x, y: box.y + box.height * 0.82),
          size: label.height, anchor: place.anchor, hasHalo: occupancy.share(of: box) > 0)))
    occupancy.take(box)
  }
}

/// A text and its size.
private struct Label {
  let string: String
  let width: Double
  let height: Double

  /// A place for it; the anchor is the end that points to what it names, as the width in the
  /// reader's face may be less.
  struct Place {
    let box: Rectangle
    let anchor: DrawingCommand.Anchor
  }

  func box(x: Double, y: Double) -> Rectangle {
    Rectangle(x: x, y: y, width: width, height: height)
  }

  func beside(_ point: Point, side: Int, rise: Double, distance: Double) -> Place {
    let y = point.y - height / 2 + rise * (distance + (side == 0 ? height / 2 : 0))
    return switch side {
    case 1: Place(box: box(x: point.x + distance, y: y), anchor: .start)
    case -1: Place(box: box(x: point.x - distance - width, y: y), anchor: .end)
    default: Place(box: box(x: point.x - width / 2, y: y), anchor: .middle)
    }
  }
}
