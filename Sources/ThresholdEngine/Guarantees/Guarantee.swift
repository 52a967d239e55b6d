/// A condition that a decision is to meet on new rows from the same source, and how surely.
///
/// With probability `level` over the draw of the rows at hand, every threshold that
/// `Certificate` admits meets the condition in the population, so the choice among them may use
/// any metric of the same rows. The rows are independent draws from the population, and neither
/// fitted nor calibrated the scores.
public struct Guarantee: Hashable, Sendable {
  public let constraint: Constraint
  public let level: Double
  /// The comparisons, all of which hold together.
  public let clauses: [Clause]

  /// - Parameter level: at least 0.5, below 1.
  public init(_ constraint: Constraint, level: Double = 0.9) throws(GuaranteeError) {
    self.constraint = constraint
    self.level = level
    var clauses: [Clause] = []
    guard let comparisons = constraint.node.joined else { throw .alternatives }
    for (left, comparison, right) in comparisons {
      clauses.append(try Clause(left, comparison, right))
    }
    self.clauses = clauses
  }

  /// The probability with which it may fail.
  public var allowed: Double { level.complement }

  /// A comparison of a rate with a number.
  public struct Clause: Hashable, Sendable {
    public let constraint: Constraint
    public let metric: Metric
    /// Whether the metric is to be large; else it is to be small.
    public let isFloor: Bool
    public let target: Target
  }

  /// What a comparison asks of the population.
  public enum Target: Hashable, Sendable {
    /// At most this share of some rows is flagged, or is not flagged.
    case share(of: Sample, flagged: Bool, atMost: Double)
    /// At least this share of what is flagged is positive, or of what is not flagged is negative.
    case predictive(flagged: Bool, atLeast: Double)
  }

  /// Rows that a rate is a share of.
  public enum Sample: String, Hashable, Sendable {
    case positives, negatives
    case all = "rows"
  }
}

/// Why a condition is not guaranteed by any number of rows, or not by these.
public enum GuaranteeError: Error, Hashable, Sendable {
  /// The condition joins parts by `or` or negates one.
  case alternatives
  /// A comparison of two metrics, or none of a metric.
  case notARate(Constraint)
  /// A total, which depends on how many rows come.
  case total(Metric)
  /// A metric for which there is no proved procedure.
  case unproved(Metric)
  /// Precision or npv is to be small.
  case ceiling(Constraint)
  /// No mistake is allowed at all.
  case certainty(Constraint)
}

extension Guarantee.Clause {
  fileprivate init(
    _ left: Metric.Expression, _ comparison: Constraint.Comparison, _ right: Metric.Expression
  ) throws(GuaranteeError) {
    let (left, right) = (Metric(expression: left), Metric(expression: right))
    let constraint = Constraint(left, comparison, right)
    let isGreater = comparison == .greater || comparison == .greaterOrEqual
    switch (left.number, right.number) {
    case (nil, let number?):
      try self.init(constraint, left, isFloor: isGreater, number)
    case (let number?, nil):
      try self.init(constraint, right, isFloor: !isGreater, number)
    default: throw .notARate(constraint)
    }
  }

  private init(
    _ constraint: Constraint, _ metric: Metric, isFloor: Bool, _ number: Double
  ) throws(GuaranteeError) {
    self.constraint = constraint
    self.metric = metric
    self.isFloor = isFloor
    target = try Self.target(constraint, metric, isFloor: isFloor, number)
    switch target {
    case .share(_, _, let most): guard most > 0 else { throw .certainty(constraint) }
    case .predictive(_, let least): guard least < 1 else { throw .certainty(constraint) }
    }
  }

  private static func target(
    _ constraint: Constraint, _ metric: Metric, isFloor: Bool, _ number: Double
  ) throws(GuaranteeError) -> Guarantee.Target {
    // Of a floor on a share of flagged rows, the rest is not flagged.
    func share(_ sample: Guarantee.Sample, ofFlagged: Bool) -> Guarantee.Target {
      .share(
        of: sample, flagged: ofFlagged != isFloor, atMost: isFloor ? number.complement : number)
    }
    switch metric {
    case .recall: return share(.positives, ofFlagged: true)
    case .fnr: return share(.positives, ofFlagged: false)
    case .fpr: return share(.negatives, ofFlagged: true)
    case .specificity: return share(.negatives, ofFlagged: false)
    case .flagRate: return share(.all, ofFlagged: true)
    case .precision, .npv:
      guard isFloor else { throw .ceiling(constraint) }
      return .predictive(flagged: metric == .precision, atLeast: number)
    default: throw metric.dependsOnSize ? .total(metric) : .unproved(metric)
    }
  }
}
