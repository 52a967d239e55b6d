/// Selects the best of all candidates.
struct Selector {
  private let metric: Metric
  private let ranking: BlockProgram
  private let truth: BlockProgram?
  private let constraint: Constraint?
  /// 1 where more is better, -1 where less is: ranks are always maximised.
  private let sign: Double
  private let ties: Ties
  private let positives: Double
  private let negatives: Double

  private(set) var best: Candidate?
  /// Whether any candidate met the constraint.
  private(set) var anyMet = false

  /// A candidate and its rank; no identity stands for flagging nothing.
  struct Candidate {
    var identity: UInt64?
    var truePositives: Double
    var falsePositives: Double
    var rank: Double
  }

  init(
    _ metric: Metric, goal: Direction, where constraint: Constraint?, ties: Ties,
    positives: Double, negatives: Double
  ) {
    self.metric = metric
    self.constraint = constraint
    self.ties = ties
    self.positives = positives
    self.negatives = negatives
    ranking = BlockProgram(comparing: metric)
    truth = constraint.map(BlockProgram.init(truthOf:))
    sign = goal == .maximise ? 1 : -1
  }

  /// Looks at a block of candidates, stricter than all to come.
  mutating func consider(_ block: CandidateBlock) {
    let ranks = ranking.run(block, positives: positives, negatives: negatives)
    let truths = truth?.run(block, positives: positives, negatives: negatives)
    guard let highest = highestRank(ranks, truths, block) else { return }
    if let best, highest < best.rank || (highest == best.rank && ties == .highest) { return }
    let places = 0..<block.count
    let place =
      ties == .highest
      ? places.first { ranks[$0] == highest } : places.last { ranks[$0] == highest }
    guard let place else { return }
    best = Candidate(
      identity: block.identities[place], truePositives: block.truePositives[place],
      falsePositives: block.falsePositives[place], rank: highest)
  }

  /// Signs the ranks, strikes out what fails the constraint, and finds the highest.
  private mutating func highestRank(
    _ ranks: UnsafeMutablePointer<Double>, _ truths: UnsafeMutablePointer<Double>?,
    _ block: CandidateBlock
  ) -> Double? {
    for place in block.count..<block.groups * Lanes.scalarCount { ranks[place] = .nan }
    var highest = Lanes(repeating: -.infinity)
    for group in 0..<block.groups {
      var rank = Column.load(ranks, group) * sign
      if let truths {
        rank.replace(with: .nan, where: Column.load(truths, group) .!= 1)
      }
      Column.store(rank, ranks, group)
      highest.replace(with: rank, where: rank .> highest)
    }
    if let truths, !anyMet { anyMet = (0..<block.count).contains { truths[$0] == 1 } }
    let value = highest.max()
    return value == -.infinity ? nil : value
  }

  /// Flagging nothing competes last, and must be strictly better.
  mutating func considerFlaggingNothing() {
    let nothing = Confusion(tp: 0, fp: 0, positives: positives, negatives: negatives)
    if let constraint, !constraint.isMet(by: nothing) { return }
    anyMet = true
    let rank = metric.rank(CountLanes(nothing))[0] * sign
    if rank > best?.rank ?? -.infinity {
      best = Candidate(identity: nil, truePositives: 0, falsePositives: 0, rank: rank)
    }
  }
}

extension Metric {
  /// What candidates are compared by.
  func rank(_ counts: CountLanes) -> Lanes {
    if let comparison = name?.comparison { return comparison(counts).defined }
    return expression.value(counts)
  }
}
