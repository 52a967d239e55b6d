/// A decision rule: flag every row with a score of at least a threshold, or flag nothing.
///
/// Flagging nothing is a decision of its own, never a number that looks like a threshold.
public enum Decision: Hashable, Sendable {
  case threshold(Double)
  case flagNothing

  public var threshold: Double? {
    if case .threshold(let threshold) = self { threshold } else { nil }
  }
}

/// Whether each score is flagged.
public func classify(values: [Double], at decision: Decision) -> [Bool] {
  switch decision {
  case .threshold(let threshold): values.map { $0 >= threshold }
  case .flagNothing: [Bool](repeating: false, count: values.count)
  }
}

/// The evaluation of a decision on labelled rows.
public struct Evaluation: Hashable, Sendable {
  public let decision: Decision
  public let confusion: Confusion
  public let rows: Int
  /// The thresholds that decide these rows alike.
  public let plateau: Tuning.Plateau

  /// Every metric of `Metric.named` in its order, `nil` where undefined.
  public var values: [(metric: NamedMetric, value: Double?)] {
    Metric.named.map { ($0, value(of: Metric($0))) }
  }

  /// The value of any metric; `nil` where undefined.
  public func value(of metric: Metric) -> Double? { metric.value(of: confusion) }
}

/// Counts the outcomes of a decision on labelled rows.
///
/// - Complexity: O(*n*).
public func evaluate(_ scores: Scores, at decision: Decision) -> Evaluation {
  Evaluation(
    decision: decision, confusion: scores.confusion(at: decision), rows: scores.rows,
    plateau: scores.plateau(of: decision))
}
