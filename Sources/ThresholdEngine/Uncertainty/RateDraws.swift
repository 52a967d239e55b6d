/// Counts of new rows as drawn from what is known of the rates of each class, and of its share.
struct RateDraws: Sendable {
  /// At the chosen threshold.
  let chosen: Counts
  /// At the default, on the same draws.
  let standard: Counts?

  /// Counts at one threshold.
  struct Counts: Sendable {
    /// Those of the rates themselves.
    let center: Confusion
    /// Eight draws each.
    fileprivate(set) var drawn: [CountLanes] = []

    fileprivate init(_ center: Confusion) { self.center = center }
  }

  /// Draws rates by Jeffreys' prior: half a row on either side of a threshold, shared by the cells
  /// of two; and the share of positives, since another time other numbers of each class come.
  ///
  /// - Parameter count: a multiple of 8.
  init?(
    _ cells: ClassCells, _ classes: (positives: Int, negatives: Int), hasStandard: Bool,
    _ stream: DrawStream, count: Int
  ) {
    guard cells.positives.all > 0, cells.negatives.all > 0 else { return nil }
    let (positives, negatives) = (Double(classes.positives), Double(classes.negatives))
    var chosen = Counts(cells.chosen(positives, negatives))
    var standard = hasStandard ? Counts(cells.standard(positives, negatives)) : nil
    var stream = stream
    let prior = (
      CellPosterior(cells.positives, rows: positives, hasStandard: hasStandard),
      CellPosterior(cells.negatives, rows: negatives, hasStandard: hasStandard)
    )
    for _ in 0..<count / Lanes.scalarCount {
      var (first, second) = (CountLanes(nothing: 0), CountLanes(nothing: 0))
      for lane in 0..<Lanes.scalarCount {
        let share = stream.beta(positives + 0.5, negatives + 0.5)
        let all = (share * (positives + negatives), (1 - share) * (positives + negatives))
        let (right, wrong) = (prior.0.draw(from: &stream), prior.1.draw(from: &stream))
        first.set(lane, tp: right.chosen * all.0, fp: wrong.chosen * all.1, of: all)
        second.set(lane, tp: right.standard * all.0, fp: wrong.standard * all.1, of: all)
      }
      chosen.drawn.append(first)
      standard?.drawn.append(second)
    }
    (self.chosen, self.standard) = (chosen, standard)
  }
}

extension RateDraws.Counts {
  /// How far a metric, or its difference between two thresholds, is from that of the rates
  /// themselves; `nil` where it has no value there, or on fewer than half of the draws.
  func offsets(
    of metric: Metric, less other: Self? = nil, level: Double
  ) -> Confidence.Interval? {
    guard let here = metric.value(of: center) else { return nil }
    var center = here
    if let other {
      guard let there = metric.value(of: other.center) else { return nil }
      center -= there
    }
    var values: [Double] = []
    values.reserveCapacity(drawn.count * Lanes.scalarCount)
    for place in drawn.indices {
      var lanes = metric.value(of: drawn[place])
      if let other { lanes -= metric.value(of: other.drawn[place]) }
      for lane in 0..<Lanes.scalarCount where lanes[lane].isFinite { values.append(lanes[lane]) }
    }
    guard 2 * values.count >= drawn.count * Lanes.scalarCount else { return nil }
    return Confidence.Interval(values, level: level)?.shifted(by: -center)
  }
}

extension Metric {
  /// The values at eight counts; NaN where undefined.
  fileprivate func value(of counts: CountLanes) -> Lanes {
    var values = LaneValues(counts)
    return expression.term(in: &values)
  }
}

extension CountLanes {
  fileprivate mutating func set(
    _ lane: Int, tp: Double, fp: Double, of classes: (positives: Double, negatives: Double)
  ) {
    self.tp[lane] = tp
    self.fp[lane] = fp
    fn[lane] = classes.positives - tp
    tn[lane] = classes.negatives - fp
  }
}

/// What is known of the shares of one class in each cell: Dirichlet's distribution.
private struct CellPosterior {
  private let shapes: (both: Double, onlyChosen: Double, onlyStandard: Double, neither: Double)
  private let hasStandard: Bool

  init(_ cells: RowCells, rows: Double, hasStandard: Bool) {
    let scale = rows / cells.all
    self.hasStandard = hasStandard
    // Where the default flags none of a class, all of the prior is about the chosen threshold.
    let isSplit = hasStandard && cells.standard > 0
    let prior = isSplit ? (0.25, 0.25, 0.25, 0.25) : (0, 0.5, 0, 0.5)
    shapes = (
      cells.both * scale + prior.0, cells.onlyChosen * scale + prior.1,
      cells.onlyStandard * scale + prior.2, cells.neither * scale + prior.3
    )
  }

  func draw(from stream: inout DrawStream) -> (chosen: Double, standard: Double) {
    let both = stream.gamma(shapes.both)
    let onlyChosen = stream.gamma(shapes.onlyChosen)
    let onlyStandard = stream.gamma(shapes.onlyStandard)
    let all = both + onlyChosen + onlyStandard + stream.gamma(shapes.neither)
    return ((both + onlyChosen) / all, (both + onlyStandard) / all)
  }
}
