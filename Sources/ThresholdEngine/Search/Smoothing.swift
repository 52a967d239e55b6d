import ParallelWork

/// How a metric's values at all thresholds are smoothed before the best is chosen.
public enum Smoothing: String, Hashable, Sendable, CaseIterable {
  /// A cubic smoothing spline of the thresholds; see `SmoothingSpline`.
  case spline

  /// The smoothed values; `nil` where there are too few to smooth.
  ///
  /// - Parameters:
  ///   - thresholds: All different, in either order; those that are not finite are left out.
  ///   - values: NaN and infinite ones are left out.
  func smoothed(
    _ thresholds: [Double], _ values: [Double]
  ) -> (values: [Double?], degreesOfFreedom: Double)? {
    let places = thresholds.indices
      .filter { thresholds[$0].isFinite && values[$0].isFinite }
      .sorted { thresholds[$0] < thresholds[$1] }
    guard
      let fit = SmoothingSpline.fitted(places.map { thresholds[$0] }, places.map { values[$0] })
    else { return nil }
    var smoothed = [Double?](repeating: nil, count: values.count)
    for (place, value) in zip(places, fit.values) { smoothed[place] = value }
    return (smoothed, fit.degreesOfFreedom)
  }
}

/// A tuning whose threshold is best by the smoothed metric.
public struct SmoothedTuning: Hashable, Sendable {
  /// The value, as all else, is the metric's own at the threshold.
  public let tuning: Tuning
  /// The smoothed value there.
  public let value: Double
  /// How many thresholds were smoothed.
  public let thresholds: Int
  /// The effective degrees of freedom of the curve: 2 for a straight line, and the more the more it
  /// can bend.
  public let degreesOfFreedom: Double
}

/// Why there is no smoothed choice.
public enum SmoothingError: Error, Hashable, Sendable {
  case tuning(TuningError)
  /// So many thresholds have a value: fewer than 4, or too far apart.
  case tooFew(Int)
}

/// Chooses the threshold where the smoothed metric is best, among those that meet the constraint.
///
/// The metric is smoothed over all thresholds where it has a value, whether they meet the constraint
/// or not; flagging nothing is no threshold, and does not compete. The tie rule is that of `tuning`.
///
/// - Parameter tuning: The answer without smoothing, which is feasible.
/// - Complexity: O(*n* log *n*).
public func smooth(
  _ tuning: Tuning, on scores: Scores, by smoothing: Smoothing, midpoint: Bool,
  isCancelled: () -> Bool = { false }
) throws(SmoothingError) -> SmoothedTuning {
  let (choice, candidates): (RankedChoice, [RankedChoice.Candidate])
  do throws(TuningError) {
    choice = try RankedChoice(
      scores, tuning.question, tuning.search, midpoint: midpoint, isCancelled)
    candidates = try TuningError.ifCancelled { () throws(Cancelled) in
      try choice.candidates(isCancelled).filter { $0.identity != nil }
    }
  } catch { throw .tuning(error) }
  let thresholds = candidates.compactMap(\.decision.threshold)
  guard let curve = smoothing.smoothed(thresholds, candidates.map(\.value)) else {
    throw .tooFew(candidates.count)
  }
  let sign: Double = tuning.goal == .maximise ? -1 : 1
  var numbers: [UInt64: Double] = [:]
  for (candidate, value) in zip(candidates, curve.values) {
    if let identity = candidate.identity { numbers[identity] = value.map { sign * $0 } }
  }
  let best = choice.least(of: candidates) { $0.identity.flatMap { numbers[$0] } }
  guard let best else { throw .tooFew(candidates.count) }
  return SmoothedTuning(
    tuning: choice.tuning(tuning, choosing: best.candidate), value: sign * best.number,
    thresholds: numbers.count, degreesOfFreedom: curve.degreesOfFreedom)
}
