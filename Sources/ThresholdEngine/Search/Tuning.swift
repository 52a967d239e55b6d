/// A decision threshold chosen from labelled scores, with all that is needed to judge the choice.
public struct Tuning: Hashable, Sendable {
  public let metric: Metric
  public let goal: Direction
  public let constraint: Constraint?
  /// What the decision is known to meet on new rows; `nil` where no guarantee was asked for, or
  /// another decision stands in for one.
  public let certificate: Certificate?
  public let ties: Ties
  public let search: Search

  /// Decision: flag at a threshold, or flag nothing.
  public let outcome: Decision
  /// Whether it meets the constraint; where no candidate does, another may stand in.
  public let isFeasible: Bool
  /// The metric at that decision, on the rows that chose it.
  public let value: Double
  public let confusion: Confusion
  /// The thresholds that give the very same labels.
  public let plateau: Plateau
  /// The default threshold (0.5 for probabilities) and its counts, to compare with; `nil` if there
  /// is none.
  public let `default`: Reference?

  /// The least and the greatest score.
  public let scoreRange: ClosedRange<Double>
  /// How many rows count, and how many of them are positive; rows of weight 0 do not.
  public let rows: Int
  public let positives: Int

  /// The threshold; `nil` where flagging nothing is best.
  public var threshold: Double? { outcome.threshold }

  /// How much better than the default, positive when better in either direction; `nil` where
  /// there is no default or it has no value.
  public var gain: Double? {
    guard let former = `default`?.value else { return nil }
    let gain = goal == .maximise ? value - former : former - value
    // Two infinite values are equal.
    return gain.isNaN ? 0 : gain
  }

  /// The half-open interval `(lower, upper]` of thresholds.
  ///
  /// `lower` is `nil` where even the lowest score is flagged; when nothing is flagged, `lower` is
  /// the highest score and `upper` is `nil`.
  public struct Plateau: Hashable, Sendable {
    public let lower: Double?
    public let upper: Double?

    public init(lower: Double?, upper: Double?) {
      self.lower = lower
      self.upper = upper
    }

    /// The threshold halfway between its ends; `nil` where it lacks a finite one, or no number lies
    /// between them.
    var middle: Double? {
      guard let lower, let upper, lower.isFinite, upper.isFinite else { return nil }
      let middle = lower + (upper / 2 - lower / 2)
      return middle > lower && middle <= upper ? middle : nil
    }
  }

  /// A threshold to compare with, and its values.
  public struct Reference: Hashable, Sendable {
    public let threshold: Double
    /// `nil` where undefined.
    public let value: Double?
    public let confusion: Confusion
  }
}

/// What is chosen where no candidate meets the constraint.
public enum Infeasible: String, Hashable, Sendable, CaseIterable {
  /// None: it is an error.
  case error
  /// What falls least short of it.
  case nearest
  /// To flag nothing, where that fails no part of it.
  case flagNothing = "flag nothing"
}

/// Which of several thresholds of equal value wins.
public enum Ties: String, Hashable, Sendable, CaseIterable {
  case lowest, highest
}

/// Which thresholds compete.
///
/// Flagging nothing always does.
public enum Search: Hashable, Sendable {
  /// Every distinct score.
  case exact
  /// `from`, `from + step`, … below `to`: 0 to 1 where not given, and then the scores must lie
  /// within 0…1.
  ///
  /// Each point is the Double nearest to the decimal; at most ten million.
  case grid(from: Double? = nil, to: Double? = nil, step: Double)
}
