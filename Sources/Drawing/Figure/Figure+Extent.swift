extension Figure {
  /// How many values have no place on the axes: not finite, not between 0 and 1 on a normal deviate
  /// axis, or without a partner.
  ///
  /// O(n). Values beyond an axis' range do have a place; they are merely out of sight.
  public var undrawnCount: Int { survey().undrawnCount }

  /// Whether none of its series, marks and rules has a place on the axes.
  ///
  /// O(n).
  public var isEmpty: Bool {
    let survey = survey()
    return survey.x.isEmpty && survey.y.isEmpty
  }

  /// The axis ranges that the data need.
  struct Survey {
    var x: DataRange
    var y: DataRange
    var undrawnCount = 0
  }

  /// Both axes with their ends fixed.
  func axisMaps() -> (x: AxisMap, y: AxisMap) {
    let survey = survey()
    return (AxisMap(xAxis, holding: survey.x), AxisMap(yAxis, holding: survey.y))
  }

  func survey() -> Survey {
    var survey = Survey(x: DataRange(xAxis.scale), y: DataRange(yAxis.scale))
    for series in series { survey.include(series) }
    for mark in marks { survey.include(mark.x, mark.y) }
    for rule in rules {
      switch rule.direction {
      case .vertical: survey.x.include(rule)
      case .horizontal: survey.y.include(rule)
      }
    }
    return survey
  }
}

extension Figure.Survey {
  fileprivate mutating func include(_ series: Figure.Series) {
    let places = series.placeCount
    let reachesNext = series.kind.reachesNextPlace
    let hasLower = series.hasLower
    let needed = reachesNext && !series.x.isEmpty ? places + 1 : places
    undrawnCount += max(series.x.count - needed, series.y.count - places)
    for index in 0..<places {
      let foot = hasLower ? series.lower[index] : series.kind.isSurface ? 0 : .nan
      let end = reachesNext ? series.x[index + 1] : series.x[index]
      guard x.shows(end), !hasLower || y.shows(foot) else {
        undrawnCount += 1
        continue
      }
      if include(series.x[index], series.y[index]) {
        x.include(end)
        y.include(foot)
      }
    }
  }

  /// Whether the point has a place; if not it is counted.
  @discardableResult
  fileprivate mutating func include(_ x: Double, _ y: Double) -> Bool {
    guard self.x.shows(x), self.y.shows(y) else {
      undrawnCount += 1
      return false
    }
    self.x.include(x)
    self.y.include(y)
    return true
  }
}

extension DataRange {
  fileprivate func shows(_ value: Double) -> Bool { AxisMap.shows(value, on: scale) }

  fileprivate mutating func include(_ rule: Figure.Rule) {
    include(rule.value)
    if let interval = rule.interval {
      include(interval.lowerBound)
      include(interval.upperBound)
    }
  }
}
