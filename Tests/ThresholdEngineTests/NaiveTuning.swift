import ThresholdEngine

/// The choice of a threshold by trying every candidate on every row: slow, and plainly right.
struct NaiveTuning {
  var scores: Scores
  var metric: NaiveMetric
  var goal: Direction
  var ties: Ties
  var constraint: NaiveConstraint?
  /// `nil` for every distinct score.
  var grid: [Double]?

  enum Answer: Equatable {
    case best(Decision, value: Double?, lower: Double?, upper: Double?)
    case undefined
    case infeasible(Decision?)
  }

  func counts(_ decision: Decision) -> NaiveMetric.Counts {
    var counts = NaiveMetric.Counts(tp: 0, fp: 0, tn: 0, fn: 0)
    for row in 0..<scores.rows {
      let weight = scores.weights?[row] ?? 1
      let flag = decision.threshold.map { scores.values[row] >= $0 } ?? false
      switch (flag, scores.labels[row]) {
      case (true, true): counts.tp += weight
      case (true, false): counts.fp += weight
      case (false, false): counts.tn += weight
      case (false, true): counts.fn += weight
      }
    }
    return counts
  }

  private var countingValues: [Double] {
    (0..<scores.rows).filter { scores.weights?[$0] != 0 }.map { scores.values[$0] }
  }

  /// The candidates in the order in which the first of equals wins; flagging nothing last.
  private var candidates: [Decision] {
    let values = countingValues
    let thresholds = (grid ?? Array(Set(values))).filter { threshold in
      values.contains { $0 >= threshold }
    }
    let ordered = thresholds.sorted { ties == .highest ? $0 > $1 : $0 < $1 }
    return ordered.map { .threshold($0) } + [.flagNothing]
  }

  private func rank(_ counts: NaiveMetric.Counts) -> Double? {
    let rank = metric.rank ?? metric.value
    return rank(counts).map { goal == .maximise ? $0 : -$0 }
  }

  func answer() -> Answer {
    let feasible = candidates.filter { constraint?.isMet(counts($0)) ?? true }
    guard !feasible.isEmpty else { return .infeasible(nearest()) }
    var best: (decision: Decision, rank: Double)?
    for decision in feasible {
      guard let rank = rank(counts(decision)), rank > best?.rank ?? -.infinity else { continue }
      best = (decision, rank)
    }
    guard let best else { return .undefined }
    let flagged = { (value: Double) in best.decision.threshold.map { value >= $0 } ?? false }
    return .best(
      best.decision, value: metric.value(counts(best.decision)),
      lower: scores.values.filter { !flagged($0) }.max(),
      upper: scores.values.filter(flagged).min())
  }

  private func nearest() -> Decision? {
    var best: (decision: Decision, key: (Double, Double))?
    for decision in candidates {
      guard let shortfall = constraint?.shortfall(counts(decision)) else { continue }
      let key = (-shortfall, rank(counts(decision)) ?? -.infinity)
      if let best, !(key > best.key) { continue }
      best = (decision, key)
    }
    return best?.decision
  }
}
