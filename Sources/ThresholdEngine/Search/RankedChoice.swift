import ParallelWork

/// Chooses among the candidates that meet what a tuning was to meet, by another order than its
/// metric: a smoothed one, or how near a threshold is to another.
struct RankedChoice {
  private let scores: Scores
  private let question: Question
  private let search: Search
  private let midpoint: Bool
  private let source: TalliedScores

  /// - Complexity: O(*n* log *n*).
  init(
    _ scores: Scores, _ question: Question, _ search: Search, midpoint: Bool,
    _ isCancelled: () -> Bool
  ) throws(TuningError) {
    (self.scores, self.question, self.search) = (scores, question, search)
    self.midpoint = midpoint
    source = try TalliedScores(
      scores, question.expressions, search: search, isCancelled: isCancelled)
  }

  /// A candidate that may be chosen.
  struct Candidate {
    let identity: UInt64?
    let decision: Decision
    let value: Double
    let isAllowed: Bool
  }

  /// All candidates where the metric has a value, strictest first, flagging nothing last.
  func candidates(_ isCancelled: () -> Bool) throws(Cancelled) -> [Candidate] {
    let (values, truth) = (
      BlockProgram(valueOf: question.metric, source.layout),
      question.constraint.map { BlockProgram(truthOf: $0, source.layout) }
    )
    var candidates: [Candidate] = []
    func add(_ block: CandidateBlock, isFlaggingNothing: Bool) {
      let (positives, negatives) = (source.positives, source.negatives)
      let truths = truth?.run(block, positives: positives, negatives: negatives)
      let values = values.run(block, positives: positives, negatives: negatives)
      for place in 0..<block.count where !values[place].isNaN {
        let identity = isFlaggingNothing ? nil : block.identities[place]
        let isCertified = question.certificate?.holds(
          truePositives: block.truePositives[place], falsePositives: block.falsePositives[place])
        candidates.append(
          Candidate(
            identity: identity,
            decision: identity.map { .threshold(source.threshold(of: $0)) } ?? .flagNothing,
            value: values[place],
            isAllowed: isCertified != false && truths.map { $0[place] == 1 } ?? true))
      }
    }
    try source.forEachBlock(isCancelled: isCancelled) { add($0, isFlaggingNothing: false) }
    add(.flaggingNothing(source.layout), isFlaggingNothing: true)
    return candidates
  }

  /// The one with the least number, by the tie rule among equals; candidates without one are left
  /// out.
  func least(
    of candidates: [Candidate], _ number: (Candidate) -> Double?
  ) -> (candidate: Candidate, number: Double)? {
    var best: (candidate: Candidate, number: Double)?
    for candidate in candidates where candidate.isAllowed {
      guard let number = number(candidate), !number.isNaN else { continue }
      let winsTies = question.ties == .lowest && candidate.identity != nil
      if let best, number > best.number || (number == best.number && !winsTies) { continue }
      best = (candidate, number)
    }
    return best
  }

  /// The tuning with another choice.
  func tuning(_ tuning: Tuning, choosing candidate: Candidate) -> Tuning {
    var outcome = candidate.decision
    let plateau = scores.plateau(of: outcome)
    if midpoint, let middle = plateau.middle { outcome = .threshold(middle) }
    return Tuning(
      metric: tuning.metric, goal: tuning.goal, constraint: tuning.constraint,
      certificate: tuning.certificate, ties: tuning.ties, search: tuning.search, outcome: outcome,
      isFeasible: true, value: candidate.value,
      confusion: source.confusion(at: candidate.decision), plateau: plateau,
      default: tuning.default, scoreRange: tuning.scoreRange, rows: tuning.rows,
      positives: tuning.positives)
  }
}

extension Tuning {
  /// What it was asked.
  var question: Question {
    Question(
      metric: metric, goal: goal, constraint: constraint, certificate: certificate, ties: ties)
  }
}
