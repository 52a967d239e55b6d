/// Neighbouring thresholds that are nearly as good as the best.
public struct NearThresholds: Hashable, Sendable {
  /// The thresholds `(lower, upper]`; `lower` is `nil` where even the lowest score is flagged,
  /// `upper` where nothing is.
  public let plateau: Tuning.Plateau
  /// The worst value of the metric among them.
  public let value: Double
}

extension Tuning {
  /// All thresholds whose value is worse than this tuning's by at most a share of it, and that meet
  /// its constraint and have its guarantee: as few intervals as there are, the lowest first.
  ///
  /// - Parameter scores: The rows that the tuning was made on, knowing what its metric asks for.
  /// - Precondition: the constraint asks for no columns or groups.
  /// - Complexity: O(*n*).
  public func near(
    _ share: Double, on scores: Scores, isCancelled: () -> Bool = { false }
  ) throws(TuningError) -> [NearThresholds] {
    let sweep = try Sweep(scores, search: .exact, metrics: [metric], isCancelled: isCancelled)
    let nothing = Confusion(
      tp: 0, fp: 0, positives: sweep.positives, negatives: sweep.negatives)
    // Highest first: flagging nothing, then each score.
    var found: [NearThresholds] = []
    var isAdjacent = false
    for place in -1..<sweep.count {
      let counts = place < 0 ? nothing : sweep.confusion(at: place)
      let value =
        place >= 0
        ? sweep.value(of: metric, at: place)
        : metric.asksRows ? try valueOfNothing(scores, isCancelled) : metric.value(of: nothing)
      guard let value, isNear(value, share), meetsLimits(counts, flagsNothing: place < 0) else {
        isAdjacent = false
        continue
      }
      let lower = place + 1 < sweep.count ? sweep.thresholds[place + 1] : nil
      let upper = place < 0 ? nil : sweep.thresholds[place]
      guard isAdjacent, let last = found.popLast() else {
        found.append(NearThresholds(plateau: .init(lower: lower, upper: upper), value: value))
        isAdjacent = true
        continue
      }
      found.append(
        NearThresholds(
          plateau: .init(lower: lower, upper: last.plateau.upper),
          value: goal == .maximise ? min(value, last.value) : max(value, last.value)))
    }
    return found.reversed()
  }

  private func valueOfNothing(
    _ scores: Scores, _ isCancelled: () -> Bool
  ) throws(TuningError) -> Double? {
    metric.value(
      of: try evaluate(scores, at: .flagNothing, for: [metric], isCancelled: isCancelled))
  }

  private func isNear(_ value: Double, _ share: Double) -> Bool {
    let worse = goal == .maximise ? self.value - value : value - self.value
    // Rounding makes 0.8 - 0.1 more than 0.7.
    return worse <= share * abs(self.value) + 1e-12 * abs(self.value)
  }

  private func meetsLimits(_ counts: Confusion, flagsNothing: Bool) -> Bool {
    if let constraint, isFeasible, !constraint.isMet(by: counts) { return false }
    guard let certificate else { return true }
    return flagsNothing
      ? certificate.parts.allSatisfy(\.allowsFlaggingNothing)
      : certificate.holds(
        truePositives: counts.truePositives, falsePositives: counts.falsePositives)
  }
}
