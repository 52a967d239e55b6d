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
///   - infeasible: What is chosen where no candidate meets it.
///   - ties: Where `nil`, the highest of equal thresholds, and the lowest on a grid.
///   - search: Which thresholds compete.
///   - midpoint: Whether the middle of the plateau is taken: as far as can be from both scores that
///     bound it, so that rounding elsewhere does not move a row to the other side.
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
  infeasible: Infeasible = .error, ties: Ties? = nil, search: Search = .exact,
  midpoint: Bool = false, default standard: Double? = nil, isCancelled: () -> Bool = { false }
) throws(TuningError) -> Tuning {
  let given = scores
  let scores = scores.withoutWeightlessRows()
  let task = TuningTask(
    question: Question(
      metric: metric, goal: try metric.goal(goal, where: constraint), constraint: constraint,
      ties: ties ?? search.ties),
    scores: scores, given: given, infeasible: infeasible, search: search, midpoint: midpoint,
    standard: standard)
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
  /// The same with the rows of weight 0, which are decided too, though they do not count.
  let given: Scores
  let infeasible: Infeasible
  let search: Search
  let midpoint: Bool
  let standard: Double?

  private var metric: Metric { question.metric }

  func choose<Source: CandidateSource>(
    from source: Source, _ isCancelled: () -> Bool
  ) throws(Source.Failure) -> Result<Tuning, TuningError> {
    var selector = Selector(
      question, positives: source.positives, negatives: source.negatives)
    try source.forEachBlock(isCancelled: isCancelled) { selector.consider($0) }
    selector.considerFlaggingNothing()
    var best = selector.best
    if best == nil, !selector.anyMet, let constraint = question.constraint {
      switch try standIn(for: constraint, source, isCancelled) {
      case .success(let candidate): best = candidate
      case .failure(let error): return .failure(error)
      }
    }
    guard let best else {
      return .failure(try failure(source, anyMet: selector.anyMet, isCancelled))
    }
    let confusion = Confusion(
      tp: best.truePositives, fp: best.falsePositives, positives: source.positives,
      negatives: source.negatives)
    guard let value = metric.value(of: confusion) else {
      return .failure(try failure(source, anyMet: selector.anyMet, isCancelled))
    }
    var outcome: Decision =
      best.identity.map { .threshold(source.threshold(of: $0)) } ?? .flagNothing
    let plateau = try plateau(of: outcome, best, source)
    if midpoint, let middle = plateau.middle { outcome = .threshold(middle) }
    return .success(
      Tuning(
        metric: metric, goal: question.goal, constraint: question.constraint,
        ties: question.ties, search: search, outcome: outcome, isFeasible: selector.best != nil,
        value: value, confusion: confusion, plateau: plateau, default: try reference(source),
        scoreRange: source.extent, rows: scores.rows, positives: scores.positives))
  }

  /// What is chosen if no candidate meets the constraint; `nil` for nothing.
  private func standIn<Source: CandidateSource>(
    for constraint: Constraint, _ source: Source, _ isCancelled: () -> Bool
  ) throws(Source.Failure) -> Result<Choice.Candidate?, TuningError> {
    switch infeasible {
    case .error: return .success(nil)
    case .nearest: return .success(try nearest(to: constraint, source, isCancelled).candidate)
    case .flagNothing:
      let nothing = Confusion(
        tp: 0, fp: 0, positives: source.positives, negatives: source.negatives)
      // Undefined is no failure: with nothing flagged there is no precision to fall short.
      if constraint.isFailed(by: nothing) { return .failure(.flaggingNothingFails(constraint)) }
      return .success(Choice.Candidate(identity: nil, truePositives: 0, falsePositives: 0))
    }
  }

  private func nearest<Source: CandidateSource>(
    to constraint: Constraint, _ source: Source, _ isCancelled: () -> Bool
  ) throws(Source.Failure) -> NearestSearch {
    var search = NearestSearch(
      question, constraint, positives: source.positives, negatives: source.negatives)
    try source.forEachBlock(isCancelled: isCancelled) { search.consider($0) }
    search.considerFlaggingNothing()
    return search
  }

  /// The thresholds that give the same labels to all rows, those of no weight among them.
  private func plateau<Source: CandidateSource>(
    of outcome: Decision, _ candidate: Choice.Candidate, _ source: Source
  ) throws(Source.Failure) -> Tuning.Plateau {
    if given.rows != scores.rows { return given.plateau(of: outcome) }
    return try source.plateau(of: candidate.identity)
  }

  private func failure<Source: CandidateSource>(
    _ source: Source, anyMet: Bool, _ isCancelled: () -> Bool
  ) throws(Source.Failure) -> TuningError {
    if let constraint = question.constraint, !anyMet {
      let search = try nearest(to: constraint, source, isCancelled)
      return .infeasible(
        constraint, nearest: try search.nearest(in: source),
        reach: try constraint.reach(in: source, isCancelled: isCancelled))
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
  fileprivate func goal(
    _ given: Direction?, where constraint: Constraint?
  ) throws(TuningError) -> Direction {
    guard let goal = given ?? direction(where: constraint) else {
      throw .noDirection(metric: description)
    }
    return goal
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
