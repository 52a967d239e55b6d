import ParallelWork

/// Chooses the threshold that makes a metric best on labelled scores.
///
/// A row is flagged when its score is at least the threshold. Every distinct score (or every point
/// of a grid) competes, and so does flagging nothing, which wins only if strictly better. A
/// candidate without a value is never chosen, nor one that does not certainly meet `constraint`.
///
/// - Parameters:
///   - scores: The labelled rows; those of weight 0 are left out.
///   - metric: What to make best.
///   - goal: The metric's own direction where `nil`.
///   - constraint: What a candidate must meet.
///   - ties: Where `nil`, the highest of equal thresholds, and the lowest on a grid.
///   - search: Which thresholds compete.
///   - standard: The threshold that `Tuning.default` and `gain` refer to; where `nil`, 0.5 if all
///     scores lie in 0…1.
///   - isCancelled: Asked every few milliseconds at least.
/// - Returns: The best decision, with its value, counts and plateau.
/// - Throws: `TuningError` where no candidate can be chosen, or the question is no question.
/// - Complexity: O(*n*) in the rows, with 16 bytes a row (32 where weighted), of which half stay
///   with the scores and serve the next question; or hardly any where most rows cannot be best
///   (see `PrunedScores`); a grid takes O(*n* +
///   points) and memory for its points only.
public func tune(
  _ scores: Scores, _ metric: Metric, goal: Direction? = nil, where constraint: Constraint? = nil,
  ties: Ties? = nil, search: Search = .exact, default standard: Double? = nil,
  isCancelled: () -> Bool = { false }
) throws(TuningError) -> Tuning {
  let given = scores
  let scores = scores.withoutWeightlessRows()
  let task = TuningTask(
    question: Question(
      metric: metric, goal: try metric.goal(goal), constraint: constraint,
      ties: ties ?? search.ties),
    scores: scores, search: search, standard: standard)
  switch search {
  case .exact:
    return try TuningError.ifCancelled { () throws(Cancelled) in
      // A constraint may rule the best edge out, and with it every bound.
      if constraint == nil, !given.isSorted,
        let pruned = try PrunedScores(
          scores, metric, goal: task.question.goal, isCancelled: isCancelled)
      {
        return try task.choose(from: pruned, isCancelled)
      }
      return try task.choose(from: given.sorted(isCancelled), isCancelled)
    }.get()
  case .grid(let from, let to, let step):
    let extent = scores.extent
    if from == nil, to == nil { try extent.refuseUnlessProbabilities() }
    let grid = try GridPoints(from: from ?? 0, to: to ?? 1, step: step)
    return try TuningError.ifCancelled { () throws(Cancelled) in
      let counts = try GridCounts(scores, grid, extent: extent, isCancelled: isCancelled)
      return try task.choose(from: counts, isCancelled)
    }.get()
  }
}

/// One question to the data, all defaults settled.
private struct TuningTask {
  let question: Question
  let scores: Scores
  let search: Search
  let standard: Double?

  private var metric: Metric { question.metric }

  func choose<Source: CandidateSource>(
    from source: Source, _ isCancelled: () -> Bool
  ) throws(Source.Failure) -> Result<Tuning, TuningError> {
    var selector = Selector(
      question, positives: source.positives, negatives: source.negatives)
    try source.forEachBlock(isCancelled: isCancelled) { selector.consider($0) }
    selector.considerFlaggingNothing()
    guard let best = selector.best else {
      return .failure(try failure(source, anyMet: selector.anyMet, isCancelled))
    }
    let confusion = Confusion(
      tp: best.truePositives, fp: best.falsePositives, positives: source.positives,
      negatives: source.negatives)
    guard let value = metric.value(of: confusion) else {
      return .failure(try failure(source, anyMet: true, isCancelled))
    }
    let outcome: Decision =
      best.identity.map { .threshold(source.threshold(of: $0)) } ?? .flagNothing
    return .success(
      Tuning(
        metric: metric, goal: question.goal, constraint: question.constraint,
        ties: question.ties, search: search, outcome: outcome, value: value,
        confusion: confusion, plateau: try source.plateau(of: best.identity),
        default: try reference(source), rows: scores.rows, positives: scores.positives))
  }

  private func failure<Source: CandidateSource>(
    _ source: Source, anyMet: Bool, _ isCancelled: () -> Bool
  ) throws(Source.Failure) -> TuningError {
    if let constraint = question.constraint, !anyMet {
      var search = NearestSearch(
        question, constraint, positives: source.positives, negatives: source.negatives)
      try source.forEachBlock(isCancelled: isCancelled) { search.consider($0) }
      search.considerFlaggingNothing()
      return .infeasible(constraint, nearest: search.nearest(threshold: source.threshold))
    }
    let reason: TuningError.UndefinedReason =
      if source.positives == 0 {
        .noPositives
      } else if source.negatives == 0 {
        .noNegatives
      } else if question.constraint != nil {
        .whereConstraintHolds
      } else { .atEveryThreshold }
    return .undefinedEverywhere(metric: metric.description, reason)
  }

  /// 0.5 means something only where scores look like probabilities.
  private func reference<Source: CandidateSource>(
    _ source: Source
  ) throws(Source.Failure) -> Tuning.Reference? {
    guard let threshold = standard ?? (source.extent.isWithinUnitInterval ? 0.5 : nil) else {
      return nil
    }
    let confusion = try source.confusion(atLeast: threshold)
    return Tuning.Reference(
      threshold: threshold, value: metric.value(of: confusion), confusion: confusion)
  }
}

extension ClosedRange<Double> {
  var isWithinUnitInterval: Bool { lowerBound >= 0 && upperBound <= 1 }

  func refuseUnlessProbabilities() throws(TuningError) {
    guard isWithinUnitInterval else {
      throw .scoresOutsideUnitInterval(lowest: lowerBound, highest: upperBound)
    }
  }
}

extension Metric {
  /// The goal given, or else the metric's own.
  fileprivate func goal(_ given: Direction?) throws(TuningError) -> Direction {
    if let given { return given }
    if containsMinimisedMetric { throw .goalRequired(metric: description) }
    guard let direction else { throw .noDirection(metric: description) }
    return direction
  }
}

extension Search {
  fileprivate var ties: Ties {
    switch self {
    case .exact: .highest
    case .grid: .lowest
    }
  }
}
