import NumberText
public import ParallelWork

/// Why there is no best threshold.
public enum TuningError: CancellableError, Hashable, Sendable {
  /// The metric is neither maximised nor minimised by itself.
  case noDirection(metric: Metric)
  /// No candidate gives the metric a value.
  case undefinedEverywhere(metric: String, UndefinedReason)
  /// No candidate meets the constraint; the one that comes nearest, unless it is undefined at all,
  /// and how far each part of it can be met.
  case infeasible(Constraint, nearest: Nearest?, reach: [Reach])
  /// No candidate meets the constraint, and flagging nothing, which was to stand in, fails it.
  case flaggingNothingFails(Constraint)
  /// There are too few rows for any threshold to have the guarantee.
  case tooFewRows(Certificate.Part, Certificate)
  /// No candidate has the guarantee; for each part the most right decisions of one kind before the
  /// first wrong one.
  case uncertified(Certificate, runs: [Int])
  /// Candidates that have the guarantee do not meet the constraint, or have no value.
  case guaranteeExcludes(Constraint?)
  /// Weights differ within a class, or between classes for a rate of both.
  case unequalWeights(Constraint)
  case scoresOutsideUnitInterval(lowest: Double, highest: Double)
  case badStep(Double)
  case badRange(from: Double, to: Double)
  case tooManyPoints(Double)
  /// A column, condition or column of groups that nothing is known of.
  case unknownRows(String)
  case cancelled

  public enum UndefinedReason: String, Hashable, Sendable {
    case noPositives = "no row is labelled positive"
    case noNegatives = "no row is labelled negative"
    case whereConstraintHolds = "it has no value at any threshold that meets the constraint"
    case atEveryThreshold = "it has no value at any threshold"
  }

  /// The reachable decision that falls least short of a constraint; see `Constraint.shortfall`.
  public struct Nearest: Hashable, Sendable {
    public let decision: Decision
    /// The thresholds that give the same labels.
    public let plateau: Tuning.Plateau
    public let confusion: Confusion
    /// The metric's value there; `nil` where undefined.
    public let value: Double?
    /// Values of both sides of each comparison there.
    public let readings: [Constraint.Reading]
  }

  /// The best that one part of a constraint can reach where its other parts hold.
  public struct Reach: Hashable, Sendable {
    /// What the part bounds.
    public let metric: Metric
    /// Whether the part asks for much of it; else it asks for little.
    public let isFloor: Bool
    public let bound: Double
    /// The other parts; `nil` where there are none.
    public let others: Constraint?
    /// The greatest value where much is asked for, else the least; `nil` where the other parts never
    /// hold, or it is undefined wherever they do.
    public let value: Double?
    public let decision: Decision?
    public let plateau: Tuning.Plateau?
  }
}

extension TuningError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noDirection(let metric):
      "\(metric) has no direction; set a goal, maximise or minimise"
    case .undefinedEverywhere(let metric, let reason):
      "\(metric) is undefined for every candidate: \(reason.rawValue)"
    case .flaggingNothingFails(let constraint):
      "no threshold meets \(constraint), and flagging nothing fails it"
    case .tooFewRows(let part, _):
      "there are too few rows to guarantee \(part.clause.constraint)"
    case .uncertified(let certificate, _):
      "no threshold guarantees \(certificate.guarantee.constraint)"
    case .guaranteeExcludes(let constraint):
      "no threshold with the guarantee meets \(constraint.map(\.description) ?? "the question")"
    case .unequalWeights(let constraint):
      "the rows have different weights, so there is no guarantee of \(constraint)"
    case .infeasible(let constraint, let nearest, _):
      "no threshold meets \(constraint)"
        + (nearest.map { "; the closest is \($0)" } ?? "")
    case .scoresOutsideUnitInterval(let lowest, let highest):
      "a grid from 0 to 1 needs scores in that range, but these are from \(lowest) to \(highest); "
        + "search exactly, or set from and to"
    case .badStep(let step): "a step must be a finite number above 0, not \(step.shortestText)"
    case .badRange(let from, let to):
      "a grid needs finite ends, from below to, not \(from.shortestText) and \(to.shortestText)"
    case .tooManyPoints(let count):
      "a grid of \(count.rounded().countText) points exceeds the limit of "
        + Double(GridPoints.most).countText
    case .unknownRows(let what): "nothing is known of \(what) for these rows"
    case .cancelled: "cancelled"
    }
  }
}

extension TuningError.Nearest: CustomStringConvertible {
  public var description: String {
    let place = decision.threshold.map { "threshold \($0)" } ?? "flag nothing"
    let sides = readings.map { reading in
      "\(reading.comparison): \(reading.left.map(sourceText) ?? "undefined")"
    }
    return ([place] + sides).joined(separator: ", ")
  }
}
