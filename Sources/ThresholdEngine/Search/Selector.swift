/// Chooses the best candidate by a metric among those that meet a constraint.
struct Selector {
  private let objective: Objective
  private let truth: BlockProgram?
  private let certificate: Certificate?
  private var choice: Choice
  private let layout: TallyLayout?

  /// Whether any candidate met the constraint, with the guarantee if one is asked for.
  private(set) var anyMet = false
  /// Whether any candidate has the guarantee, if one is asked for.
  private(set) var anyCertified = false

  var best: Choice.Candidate? { choice.best }

  init(
    _ question: Question, positives: Double, negatives: Double, _ layout: TallyLayout? = nil
  ) {
    objective = Objective(question, positives: positives, negatives: negatives, layout)
    truth = question.constraint.map { BlockProgram(truthOf: $0, layout) }
    certificate = question.certificate
    self.layout = layout
    choice = Choice(ties: question.ties)
  }

  /// Looks at a block of candidates, stricter than all to come.
  mutating func consider(_ block: CandidateBlock) { consider(block, isFlaggingNothing: false) }

  /// Flagging nothing competes last, and must be strictly better.
  mutating func considerFlaggingNothing() {
    consider(.flaggingNothing(layout), isFlaggingNothing: true)
  }

  private mutating func consider(_ block: CandidateBlock, isFlaggingNothing: Bool) {
    let ranks = objective.ranks(of: block)
    let truths = truth.map { objective.run($0, block) }
    if let truths { strikeOut(failing: truths, from: ranks, block) }
    if let certificate { strikeOut(without: certificate, truths, from: ranks, block) }
    choice.consider(
      Choice.Contest(block: block, ranks: ranks, isFlaggingNothing: isFlaggingNothing))
  }

  private mutating func strikeOut(
    failing truths: UnsafeMutablePointer<Double>, from ranks: UnsafeMutablePointer<Double>,
    _ block: CandidateBlock
  ) {
    for group in 0..<block.groups {
      let fails = LaneMemory.load(truths, group) .!= 1
      LaneMemory.store(
        LaneMemory.load(ranks, group).replacing(with: .nan, where: fails), ranks, group)
    }
    guard certificate == nil else { return }
    anyMet = anyMet || (0..<block.count).contains { truths[$0] == 1 }
  }

  private mutating func strikeOut(
    without certificate: Certificate, _ truths: UnsafeMutablePointer<Double>?,
    from ranks: UnsafeMutablePointer<Double>, _ block: CandidateBlock
  ) {
    for place in 0..<block.count {
      let isCertified = certificate.holds(
        truePositives: block.truePositives[place], falsePositives: block.falsePositives[place])
      if isCertified {
        anyCertified = true
        anyMet = anyMet || truths.map { $0[place] == 1 } ?? true
      } else {
        ranks[place] = .nan
      }
    }
  }
}

/// What is asked of candidates.
struct Question: Sendable {
  let metric: Metric
  let goal: Direction
  let constraint: Constraint?
  /// What else a candidate must have.
  var certificate: Certificate?
  let ties: Ties

  /// Whether more is asked of rows than score, label and weight.
  var asksRows: Bool { metric.asksRows || constraint?.asksRows ?? false }
}

/// Ranks candidates by a metric, so that more is always better.
struct Objective {
  private let program: BlockProgram
  private let sign: Double
  private let positives: Double
  private let negatives: Double

  init(
    _ question: Question, positives: Double, negatives: Double, _ layout: TallyLayout? = nil
  ) {
    program = BlockProgram(comparing: question.metric, layout)
    sign = question.goal == .maximise ? 1 : -1
    self.positives = positives
    self.negatives = negatives
  }

  /// NaN where the metric is undefined; valid until the next call.
  func ranks(of block: CandidateBlock) -> UnsafeMutablePointer<Double> {
    let ranks = run(program, block)
    guard sign < 0 else { return ranks }
    for group in 0..<block.groups {
      LaneMemory.store(LaneMemory.load(ranks, group) * sign, ranks, group)
    }
    return ranks
  }

  func run(_ program: BlockProgram, _ block: CandidateBlock) -> UnsafeMutablePointer<Double> {
    program.run(block, positives: positives, negatives: negatives)
  }
}

extension Metric {
  /// What candidates are compared by.
  @discardableResult
  func rank<Algebra: LaneAlgebra>(in algebra: inout Algebra) -> Algebra.Term {
    if case .tallied(let named, let tally) = expression.form, let comparison = named.comparison {
      return algebra.tallied({ comparison($0).defined }, by: tally)
    }
    if let comparison = name?.comparison {
      return algebra.formula({ comparison($0).defined }, tally: nil)
    }
    return expression.term(in: &algebra)
  }
}
