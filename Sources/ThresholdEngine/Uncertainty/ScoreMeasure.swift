/// What scores are worth without a threshold.
public enum ScoreMeasure: Hashable, Sendable {
  /// The area under the ROC curve.
  case auc
  /// The area under a part of it.
  case partialAUC(PartOfROC, standardized: Bool)
  case averagePrecision
  case brier
  case logLoss

  public var direction: Direction {
    switch self {
    case .auc, .partialAUC, .averagePrecision: .maximise
    case .brier, .logLoss: .minimise
    }
  }

  /// Whether scores must be probabilities.
  public var needsProbabilities: Bool { self == .brier || self == .logLoss }
}

/// The rows of a bootstrap sample in the order of their scores, and what measures need of them.
///
/// A sample is a weight for each row: how often it was drawn, times its own weight.
struct MeasuredScores: Sendable {
  private let labels: [Bool]
  /// Rows, highest score first; empty where no measure asks for the order.
  private let order: [Int]
  /// Whether a place of the order is the last of equal scores.
  private let isLast: [Bool]
  /// The losses of each row, for Brier and log loss.
  private var losses: [ScoreMeasure: [Double]] = [:]

  /// - Complexity: O(*n* log *n*).
  init(_ scores: Scores, for measures: [ScoreMeasure]) {
    labels = scores.labels
    let values = scores.values
    let isOrdered = measures.contains { !$0.needsProbabilities }
    let order = isOrdered ? values.indices.sorted { values[$0] > values[$1] } : []
    self.order = order
    isLast = order.indices.map {
      $0 + 1 == order.count || values[order[$0 + 1]] != values[order[$0]]
    }
    for measure in measures where measure.needsProbabilities {
      losses[measure] = (0..<scores.count).map { row in
        measure == .brier
          ? brierLoss(values[row], scores.labels[row]) : logLoss(values[row], scores.labels[row])
      }
    }
  }

  /// The measures with these weights of the rows; NaN where undefined.
  ///
  /// - Complexity: O(*n*).
  func values(of measures: [ScoreMeasure], _ weights: [Double]) -> [Double] {
    let steps = order.isEmpty ? nil : steps(weights)
    return measures.map { measure in
      if let losses = losses[measure] { return Self.mean(losses, weights) }
      return steps?.value(of: measure) ?? .nan
    }
  }

  private func steps(_ weights: [Double]) -> StepCounts {
    var steps = StepCounts()
    var (tp, fp) = (0.0, 0.0)
    for (place, row) in order.enumerated() {
      if labels[row] { tp += weights[row] } else { fp += weights[row] }
      if isLast[place] { steps.append(tp, fp) }
    }
    return steps
  }

  private static func mean(_ losses: [Double], _ weights: [Double]) -> Double {
    var (sum, whole) = (CompensatedSum(), 0.0)
    for row in losses.indices where weights[row] > 0 {
      sum.add(weights[row], times: losses[row])
      whole += weights[row]
    }
    return whole > 0 ? sum.value / whole : .nan
  }
}

/// The flagged positives and negatives at falling thresholds.
struct StepCounts {
  private(set) var truePositives: [Double] = []
  private(set) var falsePositives: [Double] = []

  mutating func append(_ tp: Double, _ fp: Double) {
    if tp == truePositives.last ?? 0, fp == falsePositives.last ?? 0 { return }
    truePositives.append(tp)
    falsePositives.append(fp)
  }

  /// `nil` where undefined: where a class has no rows.
  func value(of measure: ScoreMeasure) -> Double? {
    let (positives, negatives) = (truePositives.last ?? 0, falsePositives.last ?? 0)
    switch measure {
    case .auc:
      var area = AreaUnderROC()
      for index in truePositives.indices { area.add(truePositives[index], falsePositives[index]) }
      return area.value(positives: positives, negatives: negatives)
    case .averagePrecision:
      var area = AreaUnderSteps()
      for index in truePositives.indices { area.add(truePositives[index], falsePositives[index]) }
      return area.value(positives: positives)
    case .partialAUC(let part, let standardized):
      return part.area(truePositives, falsePositives, standardized: standardized)
    case .brier, .logLoss: return nil
    }
  }
}
