/// The names of a figure's series, beside samples of how they are drawn.
struct PictureLegend {
  struct Entry {
    let name: String
    let width: Double
    /// `nil` for the line that says how many names have no room.
    let sample: (look: Look, kind: Figure.Series.Kind)?
  }

  let entries: [Entry]
  let typography: Typography
  static let most = 12

  init(_ figure: Figure, _ looks: [Look], _ typography: Typography, room: Double) {
    self.typography = typography
    let size = typography.legend
    let named =
      figure.legend == .hidden ? [] : zip(figure.series, looks).filter { $0.0.isInLegend }
    var entries = named.prefix(Self.most).map { series, look in
      let name = PlainText.cut(
        PlainText.oneLine(series.name), to: max(room - sampleWidth(size), 0)
      ) { TextWidth.of($0, size: size) }
      return Entry(
        name: name, width: TextWidth.of(name, size: size), sample: (look, series.kind))
    }
    if named.count > Self.most {
      let name = "… and \(named.count - Self.most) more"
      entries.append(Entry(name: name, width: TextWidth.of(name, size: size), sample: nil))
    }
    self.entries = entries
  }

  var rowHeight: Double { typography.legend * 1.5 }

  /// The size of the legend as a box of one column.
  var boxWidth: Double {
    (entries.map(\.width).max() ?? 0) + sampleWidth(typography.legend) + typography.legend
  }
  var boxHeight: Double { Double(entries.count) * rowHeight + typography.legend * 0.6 }

  /// The entries flowed into rows of a width, as the left edge of each.
  func rows(width: Double) -> [[(entry: Entry, x: Double)]] {
    var rows: [[(entry: Entry, x: Double)]] = []
    var x = 0.0
    for entry in entries {
      let needed = entry.width + sampleWidth(typography.legend)
      if rows.isEmpty || x + needed > width {
        rows.append([])
        x = 0
      }
      rows[rows.count - 1].append((entry, x))
      x += needed + typography.legend * 1.5
    }
    return rows
  }

  /// One entry, its sample beginning at `x`, its row's middle at `y`.
  func commands(_ entry: Entry, x: Double, y: Double) -> [DrawingCommand] {
    let size = typography.legend
    let name = DrawingCommand.Text(
      string: entry.name, place: Point(x: x + sampleWidth(size), y: y + size * 0.35), size: size)
    guard let sample = entry.sample else { return [.text(name)] }
    let length = size * 2.2
    let middle = Point(x: x + length / 2, y: y)
    let line = DrawingCommand.lines(
      [[Point(x: x, y: y), Point(x: x + length, y: y)]], sample.look.pen(typography.scale))
    let surface = DrawingCommand.rectangle(
      Rectangle(x: x, y: y - size * 0.4, width: length, height: size * 0.8), sample.look.ink,
      opacity: Look.surfaceOpacity)
    switch sample.kind {
    case .line, .stepsBefore: return [line, .text(name)]
    case .lineWithPoints:
      return [line, .dots([middle], radius: 3 * typography.scale, sample.look.ink), .text(name)]
    case .points:
      return [.dots([middle], radius: 3 * typography.scale, sample.look.ink), .text(name)]
    case .area, .bars:
      let top = DrawingCommand.lines(
        [[Point(x: x, y: y - size * 0.4), Point(x: x + length, y: y - size * 0.4)]],
        sample.look.pen(typography.scale))
      return [surface, top, .text(name)]
    }
  }
}

/// The sample of a line and the space after it.
private func sampleWidth(_ size: Double) -> Double { size * 2.2 + size * 0.6 }

extension Look {
  static let surfaceOpacity = 0.22

  func pen(_ scale: Double) -> DrawingCommand.Pen {
    DrawingCommand.Pen(
      ink: ink, width: (isReference ? 1.6 : 2) * scale, dashes: dashes.map { $0 * scale },
      hasRoundCaps: isReference)
  }
}
