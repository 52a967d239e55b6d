/// Finds the candidate that falls least short of a constraint that none meets; among equals the
/// best by the metric, then by the tie rule.
struct NearestSearch {
  private let metric: Metric
  private let constraint: Constraint
  private let objective: Objective
  private let shortfall: BlockProgram
  private let positives: Double
  private let negatives: Double
  private var choice: Choice
  private let layout: TallyLayout?

  init(
    _ question: Question, _ constraint: Constraint, positives: Double, negatives: Double,
    _ layout: TallyLayout? = nil
  ) {
    metric = question.metric
    self.constraint = constraint
    objective = Objective(question, positives: positives, negatives: negatives, layout)
    shortfall = BlockProgram(shortfallOf: constraint, layout)
    choice = Choice(ties: question.ties)
    self.layout = layout
    self.positives = positives
    self.negatives = negatives
  }

  mutating func consider(_ block: CandidateBlock) { consider(block, isFlaggingNothing: false) }

  mutating func considerFlaggingNothing() {
    consider(.flaggingNothing(layout), isFlaggingNothing: true)
  }

  private mutating func consider(_ block: CandidateBlock, isFlaggingNothing: Bool) {
    let nearness = objective.run(shortfall, block)
    for group in 0..<block.groups {
      LaneMemory.store(0 - LaneMemory.load(nearness, group), nearness, group)
    }
    choice.consider(
      Choice.Contest(
        block: block, ranks: nearness, seconds: objective.ranks(of: block),
        isFlaggingNothing: isFlaggingNothing))
  }

  /// The winner; `nil` where the constraint is undefined everywhere.
  var candidate: Choice.Candidate? { choice.best }

  /// The winner, named as the source names its thresholds.
  func nearest<Source: CandidateSource>(
    in source: Source
  ) throws(Source.Failure) -> TuningError.Nearest? {
    guard let candidate else { return nil }
    let confusion = try source.confusion(of: candidate)
    return TuningError.Nearest(
      decision: candidate.identity.map { .threshold(source.threshold(of: $0)) } ?? .flagNothing,
      plateau: try source.plateau(of: candidate.identity), confusion: confusion,
      value: metric.value(of: confusion), readings: constraint.readings(of: confusion))
  }
}
