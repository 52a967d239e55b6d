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
  /// The root mean square change of the linear predictor at which one last step ends the search.
  var lastChange = 1e-9
  var mostSteps = 1000

  /// Where the curvature of a point this near serves as well as one's own.
  private static let nearReach = 1e-5

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
    while result.steps < mostSteps {
      var step = Step(against: result.last, factor)
      guard step.isFinite else { return result }
      result.steps += 1
      if step.change <= lastChange, step.reach < 1 {
        result.point = step.end(from: result.point)
        result.converged = true
        return result
      }
      progress(step.nearness(lastChange))
      let isNear = step.reach <= Self.nearReach
      result.last = try shorten(&step, from: result.point, isNear: isNear, isCancelled)
      result.point = step.end(from: result.point)
      if !isNear { factor = try self.factor(of: result.last, isCancelled) }
    }
    return result
  }

  /// Shortens the step until the objective falls; the sums are those at its end.
  private func shorten(
    _ step: inout Step, from point: [Double], isNear: Bool, _ isCancelled: () -> Bool
  ) throws(Cancelled) -> LogisticSums {
    while true {
      let sums = try problem.sums(
        at: step.end(from: point), curvature: !isNear, every: every, isCancelled: isCancelled)
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
  func nearness(_ lastChange: Double) -> Double {
    guard change > 0, change < 1 else { return 0 }
    return min(Double(change.exponent) / Double(lastChange.exponent), 1)
  }
}
