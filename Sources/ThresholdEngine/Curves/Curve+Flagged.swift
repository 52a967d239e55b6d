// Curves over the share of rows that is flagged, as campaigns are planned by.
extension Curve {
  /// Cumulative gains: recall against the share of rows flagged.
  ///
  /// The first point flags nothing.
  ///
  /// - Complexity: O(*n*).
  public static func gains(
    _ scores: Scores, isCancelled: () -> Bool = { false }
  ) throws(CurveError) -> Curve {
    let sweep = try withPositives(scores, isCancelled)
    return Curve(
      kind: .gains, x: [0] + sweep.shareFlagged,
      y: [0] + sweep.truePositives.map { $0 / sweep.positives },
      thresholds: [nil] + sweep.thresholds.map(Optional.some), area: nil,
      positives: sweep.positives, negatives: sweep.negatives)
  }

  /// Lift: precision divided by prevalence, against the share of rows flagged.
  ///
  /// There is no point for flagging nothing, where lift is undefined.
  ///
  /// - Complexity: O(*n*).
  public static func lift(
    _ scores: Scores, isCancelled: () -> Bool = { false }
  ) throws(CurveError) -> Curve {
    let sweep = try withPositives(scores, isCancelled)
    let all = sweep.positives + sweep.negatives
    // Products before the quotient: a lift of exactly 1 where everything is flagged.
    let lift = zip(sweep.truePositives, sweep.falsePositives).map { tp, fp in
      (tp * all) / ((tp + fp) * sweep.positives)
    }
    return Curve(
      kind: .lift, x: sweep.shareFlagged, y: lift,
      thresholds: sweep.thresholds.map(Optional.some), area: nil,
      positives: sweep.positives, negatives: sweep.negatives)
  }

  /// The decision curve (Vickers and Elkin 2006): the net benefit of flagging where the
  /// probability is at least the threshold probability, at 0, `step`, 2 · `step`, … below 1.
  ///
  /// Thresholds rise.
  ///
  /// - Throws: `TuningError` where the step makes no grid, or scores are no probabilities.
  /// - Complexity: O(*n* + points).
  public static func decision(
    _ scores: Scores, step: Double = 0.01, isCancelled: () -> Bool = { false }
  ) throws(TuningError) -> Curve {
    let sweep = try Sweep(scores, search: .grid(step: step), isCancelled: isCancelled)
    let thresholds = Array(sweep.thresholds.reversed())
    let benefits = thresholds.enumerated().map { index, threshold in
      let counts = sweep.confusion(at: sweep.count - 1 - index)
      return Metric.netBenefit(threshold).value(of: counts) ?? .nan
    }
    return Curve(
      kind: .decision, x: thresholds, y: benefits, thresholds: thresholds.map(Optional.some),
      area: nil, positives: sweep.positives, negatives: sweep.negatives)
  }

  /// Net benefit of treating every row, as on a decision curve.
  public func benefitOfFlaggingAll(at threshold: Double) -> Double? {
    let all = Confusion(tp: positives, fp: negatives, positives: positives, negatives: negatives)
    return Metric.netBenefit(threshold).value(of: all)
  }
}

extension Sweep {
  fileprivate var shareFlagged: [Double] {
    zip(truePositives, falsePositives).map { ($0 + $1) / (positives + negatives) }
  }
}

extension Curve {
  /// The outcome counts at a point, found back from its rates; `nil` for kinds whose points do not
  /// report them.
  public func confusion(at index: Int) -> Confusion? {
    switch kind {
    case .roc: confusion(tp: y[index] * positives, fp: x[index] * negatives)
    case .det: confusion(tp: positives - y[index] * positives, fp: x[index] * negatives)
    case .precisionRecall:
      confusion(tp: x[index] * positives, flagged: x[index] * positives / y[index])
    case .gains:
      confusion(tp: y[index] * positives, flagged: x[index] * (positives + negatives))
    case .lift, .decision: nil
    }
  }

  private func confusion(tp: Double, flagged: Double) -> Confusion {
    confusion(tp: tp, fp: flagged - tp)
  }

  private func confusion(tp: Double, fp: Double) -> Confusion {
    Confusion(
      tp: tp.nearCount, fp: fp.nearCount, positives: positives, negatives: negatives)
  }

  /// The strictest point where a metric is best; `nil` where it is undefined at all of them.
  ///
  /// - Complexity: O(*n*).
  public func index(ofBest metric: Metric) -> Int? {
    guard let goal = metric.direction else { return nil }
    var best: (index: Int, rank: Double)?
    for index in x.indices {
      guard let counts = confusion(at: index) else { return nil }
      let rank = metric.rank(CountLanes(counts))[0] * (goal == .maximise ? 1 : -1)
      if !rank.isNaN, rank > best?.rank ?? -.infinity { best = (index, rank) }
    }
    return best?.index
  }
}

extension Double {
  /// The whole number that a rounding or two led away from, so that ties are ties again.
  fileprivate var nearCount: Double {
    let whole = rounded()
    return (self - whole).magnitude <= 1e-9 * Swift.max(whole.magnitude, 1) ? whole : self
  }
}
