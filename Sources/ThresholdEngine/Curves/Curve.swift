public import ParallelWork

/// A curve of two metrics, from the highest threshold to the lowest.
///
/// Every distinct score is a point.
public struct Curve: Hashable, Sendable {
  public let kind: Kind
  /// The counts at every threshold: each point is worked out from them.
  public let sweep: Sweep
  /// The area under the curve; `nil` for kinds of curve without an area.
  public let area: Double?
  let columns = Columns()

  init(_ kind: Kind, _ sweep: Sweep, area: Double? = nil) {
    self.kind = kind
    self.sweep = sweep
    self.area = area
  }

  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Recall against the false positive rate, from (0, 0) to (1, 1); the area is the AUC.
    case roc = "ROC"
    /// Precision against recall; the area is the average precision.
    case precisionRecall = "PR"
    /// False negative rate against false positive rate, from (0, 1) to (1, 0); no area.
    case det = "DET"
    /// Recall against the share of rows flagged, from (0, 0) to (1, 1); no area.
    case gains = "gains"
    /// Precision divided by prevalence, against the share of rows flagged; no area.
    case lift = "lift"
    /// Net benefit against the threshold probability; no area.
    case decision = "decision"
  }

  /// Number or total weight of all positives and all negatives.
  public var positives: Double { sweep.positives }
  public var negatives: Double { sweep.negatives }

  /// The prevalence: the share of rows that are positive.
  public var prevalence: Double { positives / (positives + negatives) }

  public static func == (one: Curve, other: Curve) -> Bool {
    one.kind == other.kind && one.sweep == other.sweep
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    hasher.combine(sweep)
  }
}

/// Why there is no curve.
public enum CurveError: CancellableError, Hashable, Sendable {
  /// No row of positive weight is labelled positive.
  case noPositives
  /// No row of positive weight is labelled negative.
  case noNegatives
  case cancelled
}

extension CurveError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noPositives: "no row is labelled positive, so the curve is undefined"
    case .noNegatives: "no row is labelled negative, so the curve is undefined"
    case .cancelled: "cancelled"
    }
  }
}

extension Curve {
  /// The ROC curve; its first point flags nothing.
  ///
  /// No point is dropped: a corner that looks collinear can
  /// be the best for another metric than Youden's.
  public static func roc(
    _ scores: Scores, isCancelled: () -> Bool = { false }
  ) throws(CurveError) -> Curve {
    let sweep = try bothClasses(scores, isCancelled)
    return Curve(.roc, sweep, area: sweep.areaUnderROC)
  }

  /// The precision-recall curve.
  ///
  /// There is no point for flagging nothing, where precision is undefined; scikit-learn shows
  /// a precision of 1 there.
  public static func precisionRecall(
    _ scores: Scores, isCancelled: () -> Bool = { false }
  ) throws(CurveError) -> Curve {
    let sweep = try withPositives(scores, isCancelled)
    return Curve(.precisionRecall, sweep, area: sweep.averagePrecision)
  }

  /// The detection error trade-off for every distinct score; its first point flags nothing.
  ///
  /// scikit-learn shows the same points, loosest first, but leaves out all that are stricter than
  /// the last without false positives or looser than the first without misses.
  public static func det(
    _ scores: Scores, isCancelled: () -> Bool = { false }
  ) throws(CurveError) -> Curve {
    Curve(.det, try bothClasses(scores, isCancelled))
  }

  static func sweep(
    _ scores: Scores, _ isCancelled: () -> Bool
  ) throws(CurveError) -> Sweep {
    try CurveError.ifCancelled { () throws(Cancelled) in
      try Sweep(scores, isCancelled: isCancelled)
    }
  }

  static func withPositives(
    _ scores: Scores, _ isCancelled: () -> Bool
  ) throws(CurveError) -> Sweep {
    let sweep = try sweep(scores, isCancelled)
    guard sweep.positives > 0 else { throw .noPositives }
    return sweep
  }

  static func bothClasses(
    _ scores: Scores, _ isCancelled: () -> Bool
  ) throws(CurveError) -> Sweep {
    let sweep = try withPositives(scores, isCancelled)
    guard sweep.negatives > 0 else { throw .noNegatives }
    return sweep
  }
}
