public import ParallelWork

/// A part of the plane below the ROC curve.
public enum PartOfROC: Hashable, Sendable {
  /// Up to a false positive rate, above 0 and at most 1.
  case maxFPR(Double)
  /// From a recall on, at least 0 and below 1.
  case minRecall(Double)
}

/// The area under a part of the ROC curve; `nil` where one class has no rows.
///
/// Between two points the curve is a straight line, as ties counted half make it. Standardised, it
/// is ½·(1 + (A - least) / (most - least)), so that 0.5 is chance and 1 perfect (McClish 1989), as
/// scikit-learn's `roc_auc_score(max_fpr=)`. From a recall on, the area is that between the curve
/// and the line where all negatives are flagged.
///
/// - Complexity: O(*n*).
public func partialAUC(
  _ scores: Scores, _ part: PartOfROC, standardized: Bool = true,
  isCancelled: () -> Bool = { false }
) throws(Cancelled) -> Double? {
  let sweep = try Sweep(scores, isCancelled: isCancelled)
  return part.area(sweep.truePositives, sweep.falsePositives, standardized: standardized)
}

extension PartOfROC {
  /// The area from the counts that are flagged at falling thresholds, the last of which flags all;
  /// `nil` where one class has no rows.
  func area(
    _ truePositives: [Double], _ falsePositives: [Double], standardized: Bool
  ) -> Double? {
    guard let positives = truePositives.last, let negatives = falsePositives.last, positives > 0,
      negatives > 0
    else { return nil }
    var points = [(x: 0.0, y: 0.0)]
    for index in truePositives.indices {
      points.append((falsePositives[index] / negatives, truePositives[index] / positives))
    }
    let end: Double
    switch self {
    case .maxFPR(let rate): end = rate
    case .minRecall(let recall):
      end = 1 - recall
      // With classes and decisions exchanged, recall is one minus the false positive rate.
      points = points.reversed().map { (1 - $0.y, 1 - $0.x) }
    }
    let area = ThresholdEngine.area(below: points, upTo: end)
    guard standardized else { return area }
    let least = end * end / 2
    return (1 + (area - least) / (end - least)) / 2
  }
}

/// The trapezoids below a line of points, whose `x` never fall, up to an `x`.
private func area(below points: [(x: Double, y: Double)], upTo end: Double) -> Double {
  var sum = CompensatedSum()
  for (left, right) in zip(points, points.dropFirst()) where left.x < end {
    let stop = min(right.x, end)
    let height =
      right.x <= end
      ? right.y : left.y + (right.y - left.y) * ((end - left.x) / (right.x - left.x))
    sum.add((stop - left.x) * (left.y + height) / 2)
  }
  return sum.value
}
