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
    Curve(.gains, try withPositives(scores, isCancelled))
  }

  /// Lift: precision divided by prevalence, against the share of rows flagged.
  ///
  /// There is no point for flagging nothing, where lift is undefined.
  ///
  /// - Complexity: O(*n*).
  public static func lift(
    _ scores: Scores, isCancelled: () -> Bool = { false }
  ) throws(CurveError) -> Curve {
    Curve(.lift, try withPositives(scores, isCancelled))
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
    Curve(.decision, try Sweep(scores, search: .grid(step: step), isCancelled: isCancelled))
  }

  /// Net benefit of treating every row, as on a decision curve.
  public func benefitOfFlaggingAll(at threshold: Double) -> Double? {
    let all = Confusion(tp: positives, fp: negatives, positives: positives, negatives: negatives)
    return Metric.netBenefit(threshold).value(of: all)
  }
}
