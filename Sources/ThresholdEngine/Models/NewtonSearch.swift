import ParallelWork

/// Minimises the objective of a logistic regression by Newton's method.
///
/// The reach ρ of a step is a bound on how much it changes any row's linear predictor. Along a step
/// the curvature changes by no more than a factor e^ρ (Bach 2010, “Self-concordant analysis for
/// logistic regression”), so that a step of reach 1 always lowers the objective, and near the
/// optimum each step leaves about ρ times the error. Longer steps are shortened until the slope is
/// not uphill, which for a convex objective means that it has fallen.
struct NewtonSearch {
  let problem: LogisticProblem
  /// Only every so many blocks of rows count: a sample finds a good start for all.
  var every = 1
  var aim = Aim.rounding
  var mostSteps = 1000

  /// How near the optimum a search ends, in the root mean square of the linear predictor's error.
  enum Aim {
    /// Where rounding hides what is left.
    case rounding
    /// Well within the sampling error of the optimum itself.
    case sample

    fileprivate func error(_ factor: SymmetricFactor) -> Double {
      switch self {
      case .rounding: 1e-13
      case .sample: 0.1 * (Double(factor.size) / factor.lastDiagonal).squareRoot()
      }
    }
  }

  struct Result {
    var point: [Double]
    var steps = 0
    var converged = false
    /// The sums at the start, and at the last point at which they were formed.
    var first: LogisticSums
    var last: LogisticSums
  }

  func minimum(
    from start: [Double], isCancelled: () -> Bool, progress: (Double) -> Void
  ) throws(Cancelled) -> Result {
    let first = try problem.sums(at: start, curvature: true, every: every, isCancelled: isCancelled)
    var result = Result(point: start, first: first, last: first)
    var factor = try factor(of: first, isCancelled)
    var pace = NewtonPace()
    while result.steps < mostSteps {
      var step = Step(against: result.last, factor)
      guard step.isFinite else { return result }
      result.steps += 1
      pace.note(step)
      let allowed = aim.error(factor)
      if step.reach < 1, pace.ends(with: step, within: allowed) {
        result.point = step.end(from: result.point)
        result.converged = true
        return result
      }
      progress(step.nearness(allowed))
      let keepsFactor = pace.leftWithoutNewFactor(after: step) <= allowed
      let last = result.last
      result.last = try shorten(&step, from: result.point, keepsFactor: keepsFactor, isCancelled)
      result.point = step.end(from: result.point)
      if keepsFactor {
        result.last.extents = last.extents
      } else {
        factor = try self.factor(of: result.last, isCancelled)
        pace.renew(after: step)
      }
    }
    return result
  }

  /// Shortens the step until the objective falls; the sums are those at its end.
  private func shorten(
    _ step: inout Step, from point: [Double], keepsFactor: Bool, _ isCancelled: () -> Bool
  ) throws(Cancelled) -> LogisticSums {
    while true {
      let sums = try problem.sums(
        at: step.end(from: point), curvature: !keepsFactor, every: every, isCancelled: isCancelled)
      let slope = zip(sums.gradient, step.direction).reduce(0) { $0 + $1.0 * $1.1 }
      guard slope > 0, step.reach * step.length > 1 else { return sums }
      // A little before where the slope, were it straight, would be level.
      let level = step.length * step.descent / (step.descent + slope)
      step.length = max(0.9 * level, 1 / step.reach)
    }
  }

  private func factor(
    of sums: LogisticSums, _ isCancelled: () -> Bool
  ) throws(Cancelled) -> SymmetricFactor {
    let size = sums.gradient.count
    var matrix = sums.curvature ?? []
    for (index, penalty) in problem.penalties.enumerated() {
      matrix[index * size + index] += penalty
    }
    return try SymmetricFactor(matrix, size: size, isCancelled: isCancelled)
  }
}

/// How fast a search converges, so that it neither takes a step that changes nothing nor forms the
/// curvature where an earlier one serves as well.
private struct NewtonPace {
  /// Reach and change of the steps since the factor was formed.
  private var reach = 0.0
  private var change = 0.0
  /// The change of the last step from a factor of its own, at full length; none at first.
  private var lastChange: Double?
  /// A step of a fresh factor leaves this times the square of its change.
  private var quadratic: Double?

  /// Steps this short are the last, even if rounding errors make them look slow.
  private static let leastChange = 1e-9

  mutating func note(_ step: Step) {
    if change == 0 {
      if let lastChange, lastChange > 0 { quadratic = step.change / (lastChange * lastChange) }
      lastChange = step.change
    }
    reach += step.reach
    change += step.change
  }

  mutating func renew(after step: Step) {
    (reach, change) = (0, 0)
    if step.length < 1 { lastChange = nil }
  }

  /// The share of its error that a step leaves: at most the reach since the factor was formed, and
  /// near the optimum in proportion to the change, ten times as much to be safe.
  private var leftShare: Double { min(reach, quadratic.map { 10 * $0 * change } ?? .infinity) }

  func ends(with step: Step, within allowed: Double) -> Bool {
    step.change * leftShare <= allowed
      || step.change <= Self.leastChange && change == step.change
  }

  /// The error after this step and another from the same factor.
  func leftWithoutNewFactor(after step: Step) -> Double { step.change * leftShare * leftShare }
}

/// A direction of descent and how far to follow it.
private struct Step {
  let direction: [Double]
  var length = 1.0
  /// Minus the slope of the objective at the start.
  let descent: Double
  /// A bound on the change of any row's linear predictor at length 1.
  let reach: Double
  /// The root mean square of that change, weighted by the rows' curvature.
  let change: Double

  init(against sums: LogisticSums, _ factor: SymmetricFactor) {
    direction = factor.solve(sums.gradient).map { -$0 }
    descent = -zip(sums.gradient, direction).reduce(0) { $0 + $1.0 * $1.1 }
    // The intercept moves every row alike.
    reach = zip(direction, sums.extents + [1]).reduce(0) { $0 + ($1.0 * $1.1).magnitude }
    change = (max(descent, 0) / factor.lastDiagonal).squareRoot()
  }

  var isFinite: Bool { reach.isFinite && change.isFinite }

  func end(from point: [Double]) -> [Double] {
    zip(point, direction).map { $0 + length * $1 }
  }

  /// How near the end is, in digits, from 0 to 1.
  func nearness(_ allowed: Double) -> Double {
    guard change > 0, change < 1, allowed < 1 else { return 0 }
    return min(Double(change.exponent) / Double(allowed.exponent), 1)
  }
}
