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
///   - guarantee: What a candidate must be known to meet on new rows; see `Certificate`.
///   - infeasible: What is chosen where no candidate meets the constraint, or has the guarantee.
///   - ties: Where `nil`, the highest of equal thresholds, and the lowest on a grid.
///   - search: Which thresholds compete.
///   - midpoint: Whether the middle of the plateau is taken: as far as can be from both scores that
///     bound it, so that rounding elsewhere does not move a row to the other side.
///   - drawing: The samples that quantiles of metrics are over.
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
  guarantee: Guarantee? = nil, infeasible: Infeasible = .error, ties: Ties? = nil,
  search: Search = .exact, midpoint: Bool = false, drawing: SampleDraws = SampleDraws(),
  default standard: Double? = nil, isCancelled: () -> Bool = { false }
) throws(TuningError) -> Tuning {
  let limits = constraint.and(guarantee)
  let metric = try metric.againstOwnBest(on: scores, search, isCancelled)
  let task = TuningTask(
    question: Question(
      metric: metric, goal: try metric.goal(goal, where: limits), constraint: constraint,
      ties: ties ?? search.ties),
    given: scores, guarantee: guarantee, infeasible: infeasible, search: search,
    midpoint: midpoint, drawing: drawing, standard: standard)
  return try TuningError.ifCancelled { () throws(Cancelled) in
    let counting = scores.withoutWeightlessRows()
    if !scores.isSorted, let tuning = try task.pruned(counting, isCancelled) { return tuning }
    return try task.chooseAmongAll(of: scores, isCancelled)
  }.get()
}

/// Chooses the threshold that makes a metric best on rows that are counted where they are, as
/// `tune` of scores does.
///
/// Where most rows cannot be best, only bucket counts and the rows of a few buckets are asked for;
/// otherwise all rows are.
///
/// - Throws: `.tuning` where no candidate can be chosen, `.source` where the source fails.
public func tune<Source: CountSource>(
  _ source: Source, _ metric: Metric, goal: Direction? = nil,
  where constraint: Constraint? = nil, guarantee: Guarantee? = nil,
  infeasible: Infeasible = .error, ties: Ties? = nil, search: Search = .exact,
  midpoint: Bool = false, default standard: Double? = nil, isCancelled: () -> Bool = { false }
) throws(CountSourceError<Source.Failure>) -> Tuning {
  let direction: Direction
  do throws(TuningError) {
    direction = try metric.goal(goal, where: constraint.and(guarantee))
  } catch { throw .tuning(error) }
  let task = TuningTask(
    question: Question(
      metric: metric, goal: direction, constraint: constraint, ties: ties ?? search.ties),
    given: nil, guarantee: guarantee, infeasible: infeasible, search: search, midpoint: midpoint,
    standard: standard)
  let result: Result<Tuning, TuningError>
  do throws(Source.Failure) {
    result = try task.tuning(on: source, isCancelled)
  } catch { throw .source(error) }
  switch result {
  case .success(let tuning): return tuning
  case .failure(let error): throw .tuning(error)
  }
}

/// One question to the data, all defaults settled.
private struct TuningTask {
  let question: Question
  /// Scores in memory with the rows of weight 0, which are decided too, though they do not count.
  let given: Scores?
  let guarantee: Guarantee?
  let infeasible: Infeasible
  let search: Search
  let midpoint: Bool
  var drawing = SampleDraws()
  let standard: Double?

  private var metric: Metric { question.metric }

  private func asking(for certificate: Certificate) -> TuningTask {
    var question = question
    question.certificate = certificate
    return TuningTask(
      question: question, given: given, guarantee: guarantee, infeasible: infeasible,
      search: search, midpoint: midpoint, drawing: drawing, standard: standard)
  }

  /// Chooses among the rows that can be best; `nil` where all have to be looked at.
  func pruned<Source: CountSource>(
    _ source: Source, _ isCancelled: () -> Bool
  ) throws(Source.Failure) -> Result<Tuning, TuningError>? {
    guard search == .exact, guarantee == nil, !question.asksRows,
      let pruned = try PrunedScores(
        source, question, default: standard, isCancelled: isCancelled)
    else { return nil }
    // Where none meets the constraint, or has a value, all rows say what comes nearest and why.
    guard try bestCandidate(of: pruned, isCancelled).best != nil else { return nil }
    let rows = (all: pruned.population.allRows, positives: pruned.population.positiveRows)
    return try choose(from: pruned, rows, isCancelled)
  }

  func tuning<Source: CountSource>(
    on source: Source, _ isCancelled: () -> Bool
  ) throws(Source.Failure) -> Result<Tuning, TuningError> {
    if let tuning = try pruned(source, isCancelled) { return tuning }
    let scores = try source.everything(isCancelled: isCancelled)
    // Weights of equal scores may have been added up: the source knows of how many rows.
    let population = try source.population(isCancelled: isCancelled)
    return try Source.Failure.ifCancelled { () throws(Cancelled) in
      try chooseAmongAll(
        of: scores, counted: (population.allRows, population.positiveRows), isCancelled)
    }
  }

  /// - Parameter counted: how many rows the scores stand for, where that is not what they say.
  func chooseAmongAll(
    of scores: Scores, counted: (all: Int, positives: Int)? = nil, _ isCancelled: () -> Bool
  ) throws(Cancelled) -> Result<Tuning, TuningError> {
    let counting = scores.withoutWeightlessRows()
    let rows = counted ?? (all: counting.rows, positives: counting.positives)
    if let guarantee, question.certificate == nil {
      switch try guarantee.certificate(for: counting, isCancelled: isCancelled) {
      case .success(let certificate):
        return try asking(for: certificate).chooseAmongAll(
          of: scores, counted: counted, isCancelled)
      case .failure(let error): return .failure(error)
      }
    }
    if question.asksRows { return try chooseByTallies(of: scores, rows, isCancelled) }
    guard case .grid(let from, let to, let step) = search else {
      return try choose(from: scores.sorted(isCancelled), rows, isCancelled)
    }
    let extent = counting.extent
    let grid: GridPoints
    do throws(TuningError) {
      grid = try GridPoints(from: from, to: to, step: step, on: extent)
    } catch { return .failure(error) }
    let counts = try GridCounts(counting, grid, extent: extent, isCancelled: isCancelled)
    return try choose(from: counts, rows, isCancelled)
  }

  /// Chooses by columns, conditions or groups of the rows.
  private func chooseByTallies(
    of scores: Scores, _ rows: (all: Int, positives: Int), _ isCancelled: () -> Bool
  ) throws(Cancelled) -> Result<Tuning, TuningError> {
    let source: TalliedScores
    do throws(TuningError) {
      source = try TalliedScores(
        scores, question.expressions, search: search, drawing: drawing,
        isCancelled: isCancelled)
    } catch {
      if error == .cancelled { throw Cancelled() }
      return .failure(error)
    }
    return try choose(from: source, rows, isCancelled)
  }

  func choose<Source: CandidateSource>(
    from source: Source, _ rows: (all: Int, positives: Int), _ isCancelled: () -> Bool
  ) throws(Source.Failure) -> Result<Tuning, TuningError> {
    let selector = try bestCandidate(of: source, isCancelled)
    var best = selector.best
    if best == nil, !selector.anyMet, let certificate = question.certificate {
      guard infeasible == .flagNothing else {
        return .failure(
          selector.anyCertified
            ? .guaranteeExcludes(question.constraint)
            : try certificate.shortage(in: source, isCancelled))
      }
      guard certificate.allowsFlaggingNothing(question.constraint, source) else {
        return .failure(.flaggingNothingFails(certificate.guarantee.constraint))
      }
      best = .flaggingNothing
    } else if best == nil, !selector.anyMet, let constraint = question.constraint {
      switch try standIn(for: constraint, source, isCancelled) {
      case .success(let candidate): best = candidate
      case .failure(let error): return .failure(error)
      }
    }
    guard let best else {
      return .failure(try failure(source, anyMet: selector.anyMet, isCancelled))
    }
    let confusion = try source.confusion(of: best)
    guard let value = metric.value(of: confusion) else {
      return .failure(try failure(source, anyMet: selector.anyMet, isCancelled))
    }
    var outcome: Decision =
      best.identity.map { .threshold(source.threshold(of: $0)) } ?? .flagNothing
    let plateau = try plateau(of: outcome, best, source, rows.all)
    if midpoint, let middle = plateau.middle { outcome = .threshold(middle) }
    return .success(
      Tuning(
        metric: metric, goal: question.goal, constraint: question.constraint,
        certificate: selector.best == nil ? nil : question.certificate, ties: question.ties,
        search: search, outcome: outcome, isFeasible: selector.best != nil,
        value: value, confusion: confusion, plateau: plateau, default: try reference(source),
        scoreRange: source.extent, rows: rows.all, positives: rows.positives))
  }

  private func bestCandidate<Source: CandidateSource>(
    of source: Source, _ isCancelled: () -> Bool
  ) throws(Source.Failure) -> Selector {
    var selector = Selector(
      question, positives: source.positives, negatives: source.negatives, source.layout)
    try source.forEachBlock(isCancelled: isCancelled) { selector.consider($0) }
    selector.considerFlaggingNothing()
    return selector
  }

  /// What is chosen if no candidate meets the constraint; `nil` for nothing.
  private func standIn<Source: CandidateSource>(
    for constraint: Constraint, _ source: Source, _ isCancelled: () -> Bool
  ) throws(Source.Failure) -> Result<Choice.Candidate?, TuningError> {
    switch infeasible {
    case .error: return .success(nil)
    case .nearest: return .success(try nearest(to: constraint, source, isCancelled).candidate)
    case .flagNothing:
      let nothing = try source.confusion(
        of: Choice.Candidate(identity: nil, truePositives: 0, falsePositives: 0))
      // Undefined is no failure: with nothing flagged there is no precision to fall short.
      if constraint.isFailed(by: nothing) { return .failure(.flaggingNothingFails(constraint)) }
      return .success(.flaggingNothing)
    }
  }

  private func nearest<Source: CandidateSource>(
    to constraint: Constraint, _ source: Source, _ isCancelled: () -> Bool
  ) throws(Source.Failure) -> NearestSearch {
    var search = NearestSearch(
      question, constraint, positives: source.positives, negatives: source.negatives,
      source.layout)
    try source.forEachBlock(isCancelled: isCancelled) { search.consider($0) }
    search.considerFlaggingNothing()
    return search
  }

  /// The thresholds that give the same labels to all rows, those of no weight among them.
  private func plateau<Source: CandidateSource>(
    of outcome: Decision, _ candidate: Choice.Candidate, _ source: Source, _ rows: Int
  ) throws(Source.Failure) -> Tuning.Plateau {
    if let given, given.rows != rows { return given.plateau(of: outcome) }
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
    guard let threshold = standard ?? source.extent.default else {
      return nil
    }
    let confusion = try source.confusion(atLeast: threshold)
    return Tuning.Reference(
      threshold: threshold, value: metric.value(of: confusion), confusion: confusion)
  }
}

extension ClosedRange<Double> {
  /// The threshold to compare with among scores that may be probabilities.
  var `default`: Double? { isWithinUnitInterval ? 0.5 : nil }

  var isWithinUnitInterval: Bool { lowerBound >= 0 && upperBound <= 1 }

  fileprivate func refuseUnlessProbabilities() throws(TuningError) {
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
      throw .noDirection(metric: self)
    }
    return goal
  }
}

extension GridPoints {
  /// From 0 to 1 where no end is given, and then the scores must lie there.
  init(
    from: Double?, to: Double?, step: Double, on extent: ClosedRange<Double>
  ) throws(TuningError) {
    if from == nil, to == nil { try extent.refuseUnlessProbabilities() }
    try self.init(from: from ?? 0, to: to ?? 1, step: step)
  }
}

extension Search {
  var ties: Ties {
    switch self {
    case .exact: .highest
    case .grid: .lowest
    }
  }
}
