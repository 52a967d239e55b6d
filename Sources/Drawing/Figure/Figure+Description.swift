import NumberText

extension Figure {
  /// The description, or one made from the axes, series and marks.
  ///
  /// O(n).
  public var spokenDescription: String {
    guard description.isEmpty else { return description }
    let maps = axisMaps()
    var sentences = [
      Self.sentence(xAxis, maps.x, else: "horizontal axis"),
      Self.sentence(yAxis, maps.y, else: "vertical axis"),
    ]
    sentences += series.filter { !$0.name.isEmpty }.map { series in
      "\(series.name): \(Double(series.placeCount).countText) \(series.noun)"
    }
    sentences += rules.filter { !$0.label.isEmpty }.map { "Line at \($0.label)" }
    sentences += marks.filter { !$0.label.isEmpty }.map { "Marked point: \($0.label)" }
    return sentences.map { $0 + "." }.joined(separator: " ")
  }

  /// One line that stands for the figure where there is no room for it.
  public var summary: String {
    let details = marks.map(\.label) + rules.map(\.label)
    let text = [title, details.filter { !$0.isEmpty }.joined(separator: "; ")]
    return PlainText.oneLine(text.filter { !$0.isEmpty }.joined(separator: ": "))
  }

  private static func sentence(_ axis: Axis, _ map: AxisMap, else name: String) -> String {
    let ends = [map.lower, map.upper].map {
      TickText.approximate($0, axis.tickFormat, isASCII: true)
    }
    return "\(axis.label.isEmpty ? name : axis.label) from \(ends[0]) to \(ends[1])"
  }
}

extension Figure.Series {
  fileprivate var noun: String {
    switch (kind, placeCount) {
    case (.bars, 1): "bar"
    case (.bars, _): "bars"
    case (_, 1): "point"
    case (_, _): "points"
    }
  }
}
