import ParallelWork

/// The candidate thresholds of one group of rows that meet what holds in each group, strictest
/// first; flagging nothing is the last.
struct GroupCandidates {
  private let source: TalliedScores
  private let rows: Int
  private var candidates: [Choice.Candidate] = []
  /// For each tally, what each candidate flags of it, and what it does not flag.
  private(set) var tallySums: [(flagged: [ClassSums], unflagged: [ClassSums])]
  /// The metric that is compared between groups; NaN where undefined.
  private(set) var rates: [Double] = []
  /// What each adds to the metric of all rows, where that is a sum; larger is better.
  private(set) var worths: [Double] = []
  /// Whether the compared metric has a value at any threshold.
  private(set) var isCompared = false

  var count: Int { candidates.count }

  init(
    _ source: TalliedScores, rows: Int, _ question: JointQuestion, _ goal: Direction,
    _ spread: SpreadLimit?, _ isCancelled: () -> Bool
  ) throws(TuningError) {
    self.source = source
    self.rows = rows
    tallySums = Array(repeating: ([], []), count: source.layout?.count ?? 0)
    let programs = Programs(question, goal, spread, source.layout)
    try TuningError.ifCancelled { () throws(Cancelled) in
      try source.forEachBlock(isCancelled: isCancelled) { add($0, programs, isNothing: false) }
    }
    add(.flaggingNothing(source.layout), programs, isNothing: true)
  }

  /// What is worked out at each candidate, on the rows of the group.
  private struct Programs {
    let each: BlockProgram?
    let rate: BlockProgram?
    let worth: BlockProgram?
    let sign: Double

    init(
      _ question: JointQuestion, _ goal: Direction, _ spread: SpreadLimit?, _ layout: TallyLayout?
    ) {
      each = question.each.map { BlockProgram(truthOf: $0, layout) }
      rate = spread.map { BlockProgram(valueOf: Metric(expression: $0.metric), layout) }
      worth = question.metric.sumOverRows.map { BlockProgram(valueOf: $0, layout) }
      sign = goal == .minimise ? -1 : 1
    }
  }

  private mutating func add(_ block: CandidateBlock, _ programs: Programs, isNothing: Bool) {
    func values(_ program: BlockProgram?) -> [Double]? {
      program.map { program in
        let values = program.run(
          block, positives: source.positives, negatives: source.negatives)
        return (0..<block.count).map { values[$0] }
      }
    }
    let (truths, rates, worths) = (
      values(programs.each), values(programs.rate), values(programs.worth)
    )
    if !isNothing, let rates { isCompared = isCompared || rates.contains { !$0.isNaN } }
    for place in 0..<block.count where truths.map({ $0[place] == 1 }) ?? true {
      candidates.append(
        Choice.Candidate(
          identity: isNothing ? nil : block.identities[place],
          truePositives: block.truePositives[place], falsePositives: block.falsePositives[place],
          unflagged: block.unflagged(at: place)))
      self.rates.append(rates?[place] ?? .nan)
      self.worths.append(programs.sign * (worths?[place] ?? .nan))
      if let columns = block.tallied { addTallies(columns, of: block, at: place) }
    }
  }

  private mutating func addTallies(
    _ columns: TalliedColumns, of block: CandidateBlock, at place: Int
  ) {
    for tally in tallySums.indices {
      let index = tally * block.capacity + place
      tallySums[tally].flagged.append(
        ClassSums(
          positives: columns.truePositives[index], negatives: columns.falsePositives[index]))
      tallySums[tally].unflagged.append(
        ClassSums(
          positives: columns.falseNegatives[index], negatives: columns.trueNegatives[index]))
    }
  }

  func flagged(at place: Int) -> ClassSums {
    let candidate = candidates[place]
    return ClassSums(
      positives: candidate.truePositives, negatives: candidate.falsePositives)
  }

  func unflagged(at place: Int) -> ClassSums {
    let candidate = candidates[place]
    return candidate.unflagged
      ?? ClassSums(
        positives: source.positives - candidate.truePositives,
        negatives: source.negatives - candidate.falsePositives)
  }

  /// What a candidate flags of each tally, and what it does not flag.
  func tallies(at place: Int) -> (flagged: [ClassSums], unflagged: [ClassSums]) {
    (tallySums.map { $0.flagged[place] }, tallySums.map { $0.unflagged[place] })
  }

  /// The choice as a tuning of the rows of the group.
  func tuning(at place: Int, _ question: JointQuestion, _ goal: Direction) -> Tuning {
    let candidate = candidates[place]
    let confusion = source.confusion(of: candidate)
    let plateau = source.plateau(of: candidate.identity)
    var outcome: Decision =
      candidate.identity.map { .threshold(source.threshold(of: $0)) } ?? .flagNothing
    if question.midpoint, let middle = plateau.middle { outcome = .threshold(middle) }
    return Tuning(
      metric: question.metric, goal: goal, constraint: question.limits, certificate: nil,
      ties: question.ties ?? .highest, search: question.search, outcome: outcome,
      isFeasible: true, value: question.metric.value(of: confusion) ?? .nan, confusion: confusion,
      plateau: plateau, default: reference(question), scoreRange: source.extent, rows: rows,
      positives: Int(source.positives))
  }

  private func reference(_ question: JointQuestion) -> Tuning.Reference? {
    guard
      let threshold = question.standard ?? (source.extent.isWithinUnitInterval ? 0.5 : nil)
    else { return nil }
    let confusion = source.confusion(atLeast: threshold)
    return Tuning.Reference(
      threshold: threshold, value: question.metric.value(of: confusion), confusion: confusion)
  }
}

extension Scores {
  /// Some of the rows, with all that is known of them.
  func selecting(_ rows: [Int]) throws(TuningError) -> Scores {
    let selected: Scores
    do throws(ScoresError) {
      selected = try Scores(
        values: rows.map { values[$0] }, labels: rows.map { labels[$0] },
        weights: weights.map { weights in rows.map { weights[$0] } })
    } catch { throw .unknownRows("a group, as its rows have no weight") }
    guard let facts else { return selected }
    var part = RowFacts()
    part.columns = facts.columns.mapValues { column in rows.map { column[$0] } }
    part.conditions = facts.conditions.mapValues { truths in rows.map { truths[$0] } }
    part.groups = facts.groups.mapValues { groups in
      .init(codes: rows.map { groups.codes[$0] }, count: groups.count)
    }
    return selected.knowing(part)
  }
}
