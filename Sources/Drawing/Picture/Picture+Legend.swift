extension Picture {
  /// Puts the legend into the plot where it covers nothing; whether there is such a place.
  mutating func place(_ legend: PictureLegend) -> Bool {
    let (width, height) = (legend.boxWidth, legend.boxHeight)
    let room = area.grown(by: -8)
    guard width <= room.width * 0.7, height <= room.height * 0.6 else { return false }
    let places: [(Double, Double)] = [
      (1, 1), (1, 0), (0, 0), (0, 1), (1, 0.5), (0, 0.5), (0.5, 0), (0.5, 1),
    ]
    for (x, y) in places {
      let box = Rectangle(
        x: room.x + x * (room.width - width), y: room.y + y * (room.height - height),
        width: width, height: height)
      guard occupancy.share(of: box.grown(by: 4)) == 0 else { continue }
      commands.append(.rectangle(box, .background, opacity: 0.85))
      for (index, entry) in legend.entries.enumerated() {
        let y = box.y + typography.legend * 0.3 + (Double(index) + 0.5) * legend.rowHeight
        commands += legend.commands(entry, x: box.x + typography.legend * 0.5, y: y)
      }
      return true
    }
    return false
  }

  mutating func placeAbove(
    _ rows: [[(entry: PictureLegend.Entry, x: Double)]], _ legend: PictureLegend
  ) {
    let top =
      typography.padding + Double(frame.titleLines.count) * typography.title * 1.25
    let widest =
      rows.map { row in
        (row.last?.x ?? 0) + (row.last?.entry.width ?? 0) + typography.legend * 2.8
      }.max() ?? 0
    let left = min(max(area.x, typography.padding), max(size.width - widest - 4, 4))
    for (index, row) in rows.enumerated() {
      let y = top + (Double(index) + 0.5) * legend.rowHeight
      for place in row { commands += legend.commands(place.entry, x: left + place.x, y: y) }
    }
  }
}
