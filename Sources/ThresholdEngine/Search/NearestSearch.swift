/// Finds the candidate that falls least short of a constraint that none meets; among equals the
/// best by the metric, then by the tie rule.
struct NearestSearch {
  private let metric: Metric
  private let constraint: Constraint
  private let sign: Double
  private let ties: Ties
  private let positives: Double
  private let negatives: Double
  private let shortfall: BlockProgram
  private let ranking: BlockProgram
  private var best: (candidate: Selector.Candidate, shortfall: Double)?

  init(
    _ metric: Metric, goal: Direction, _ constraint: Constraint, ties: Ties, positives: Double,
    negatives: Double
  ) {
    self.metric = metric
    self.constraint = constraint
    self.ties = ties
    self.positives = positives
    self.negatives = negatives
    sign = goal == .maximise ? 1 : -1
    shortfall = BlockProgram(shortfallOf: constraint)
    ranking = BlockProgram(comparing: metric)
  }

  mutating func consider(_ block: CandidateBlock) {
    let shortfalls = shortfall.run(block, positives: positives, negatives: negatives)
    let ranks = ranking.run(block, positives: positives, negatives: negatives)
    for place in 0..<block.count where shortfalls[place] <= best?.shortfall ?? .infinity {
      let candidate = Selector.Candidate(
        identity: block.identities[place], truePositives: block.truePositives[place],
        falsePositives: block.falsePositives[place], rank: Self.rank(ranks[place] * sign))
      consider(candidate, shortfalls[place], winsTies: ties == .lowest)
    }
  }

  mutating func considerFlaggingNothing() {
    let counts = CountLanes(
      Confusion(tp: 0, fp: 0, positives: positives, negatives: negatives))
    let nothing = Selector.Candidate(
      identity: nil, truePositives: 0, falsePositives: 0,
      rank: Self.rank(metric.rank(counts)[0] * sign))
    consider(nothing, constraint.node.shortfall(counts, negated: false)[0], winsTies: false)
  }

  /// The winner, named as the source names its thresholds.
  func nearest(threshold: (UInt64) -> Double) -> TuningError.Nearest? {
    guard let candidate = best?.candidate else { return nil }
    let confusion = Confusion(
      tp: candidate.truePositives, fp: candidate.falsePositives, positives: positives,
      negatives: negatives)
    return TuningError.Nearest(
      decision: candidate.identity.map { .threshold(threshold($0)) } ?? .flagNothing,
      confusion: confusion, value: metric.value(of: confusion),
      readings: constraint.readings(of: confusion))
  }

  private mutating func consider(
    _ candidate: Selector.Candidate, _ shortfall: Double, winsTies: Bool
  ) {
    guard !shortfall.isNaN else { return }
    if let best {
      let challenge = (-shortfall, candidate.rank)
      let standing = (-best.shortfall, best.candidate.rank)
      guard challenge > standing || (challenge == standing && winsTies) else { return }
    }
    best = (candidate, shortfall)
  }

  /// An undefined metric is worse than any value.
  private static func rank(_ rank: Double) -> Double { rank.isNaN ? -.infinity : rank }
}
