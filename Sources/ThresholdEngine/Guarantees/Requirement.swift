/// What a condition leaves of false alarms at each recall, in a population of a given prevalence.
public struct Requirement: Hashable, Sendable {
  public let constraint: Constraint
  public let prevalence: Double
  /// Ascending, from 0 to 1.
  public let recall: [Double]
  /// The highest false positive rate at which the condition still holds; `nil` where it holds at
  /// none.
  public let falsePositiveRate: [Double?]

  /// - Parameters:
  ///   - constraint: of rates, which depend on recall, false positive rate and prevalence alone.
  ///     Where the condition holds at the rate found, it holds at each below it, or none does.
  /// - Complexity: O(60 · `points`) evaluations.
  public init(
    _ constraint: Constraint, prevalence: Double, points: Int = 101
  ) throws(RequirementError) {
    guard constraint.demands.isEmpty else { throw .byRows }
    if let total = constraint.sides.first(where: \.dependsOnSize) { throw .total(total) }
    self.constraint = constraint
    self.prevalence = prevalence
    recall = (0..<points).map { Double($0) / Double(points - 1) }
    falsePositiveRate = recall.map {
      Self.highestRate(for: constraint, recall: $0, prevalence: prevalence)
    }
  }

  private static func highestRate(
    for constraint: Constraint, recall: Double, prevalence: Double
  ) -> Double? {
    func confusion(_ rate: Double) -> Confusion {
      Confusion(
        truePositives: recall * prevalence, falsePositives: rate * (1 - prevalence),
        trueNegatives: (1 - rate) * (1 - prevalence), falseNegatives: (1 - recall) * prevalence)
    }
    func holds(_ rate: Double) -> Bool { constraint.isMet(by: confusion(rate)) }
    if holds(1) { return 1 }
    if constraint.isFailed(by: confusion(0)) { return nil }
    var (low, high) = (0.0, 1.0)
    while true {
      let middle = low + (high - low) / 2
      guard middle > low, middle < high, high - low > 1e-16 else { return low }
      if holds(middle) { low = middle } else { high = middle }
    }
  }
}

public enum RequirementError: Error, Hashable, Sendable {
  /// A total, which depends on how many rows come.
  case total(Metric)
  /// A metric by column or group, which recall and false positive rate do not determine.
  case byRows
}

extension Constraint {
  /// Both sides of every comparison.
  fileprivate var sides: [Metric] { node.expressions.map(Metric.init(expression:)) }
}
