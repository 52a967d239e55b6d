/// A threshold for each of several groups of rows, chosen together.
public struct JointTuning: Sendable {
  /// One for each group: the decision, with its value and counts on the rows of the group.
  public let groups: [Tuning]
  /// The metric on all rows, each decided by the threshold of its group.
  public let value: Double
}

/// What is asked of thresholds that are chosen together.
public struct JointQuestion: Sendable {
  public var metric: Metric
  public var goal: Direction?
  /// What holds in each group.
  public var each: Constraint?
  /// What holds on all rows, each decided by the threshold of its group.
  public var joint: Constraint?
  public var ties: Ties?
  public var search: Search
  public var midpoint: Bool
  public var standard: Double?

  public init(
    metric: Metric, goal: Direction? = nil, each: Constraint? = nil, joint: Constraint? = nil,
    ties: Ties? = nil, search: Search = .exact, midpoint: Bool = false,
    default standard: Double? = nil
  ) {
    self.metric = metric
    self.goal = goal
    self.each = each
    self.joint = joint
    self.ties = ties
    self.search = search
    self.midpoint = midpoint
    self.standard = standard
  }

  /// Both constraints.
  var limits: Constraint? {
    each.map { each in joint.map(each.and) ?? each } ?? joint
  }
}

/// Why no thresholds are chosen together.
public enum JointTuningError: Error, Hashable, Sendable {
  case tuning(TuningError)
  /// No thresholds meet the constraint together.
  case infeasible(Constraint)
  /// No exact search is known for this metric and constraint, and so many groups.
  case noExactSearch(groups: Int)
  /// More pairs of thresholds than can be tried.
  case tooManyPairs(Int, Int)
}

extension JointTuning {
  /// Chooses a threshold for each group so that the metric of all rows is best.
  ///
  /// Two groups are searched pair by pair. Of more groups, or of more pairs than 10⁸, the metric has
  /// to be a sum over rows and the constraint a bound on the gap or the ratio of one metric between
  /// the groups: the groups' values then lie in a window, which is moved over all values.
  ///
  /// - Parameters:
  ///   - codes: The group of each row, by its position among the groups.
  ///   - column: The column of groups by which `gap` and `ratio` compare these very groups.
  /// - Complexity: O(*p*·*q*) for two groups of *p* and *q* thresholds, O(*n* log *n*) for others.
  public init(
    _ scores: Scores, codes: [Int], groups count: Int, column: String?,
    _ question: JointQuestion, isCancelled: () -> Bool = { false }
  ) throws(JointTuningError) {
    let task = try JointTask(scores, codes, count, column, question, isCancelled)
    let chosen = try task.isPairwise ? task.bestPair(isCancelled) : task.bestInWindow(isCancelled)
    self = try task.tuning(chosen)
  }
}

/// A question with its candidates counted.
struct JointTask {
  let question: JointQuestion
  let goal: Direction
  let whole: TalliedScores
  let groups: [GroupCandidates]
  /// The gap or the ratio between the groups, where the constraint is a bound on it.
  let spread: SpreadLimit?

  fileprivate init(
    _ scores: Scores, _ codes: [Int], _ count: Int, _ column: String?, _ question: JointQuestion,
    _ isCancelled: () -> Bool
  ) throws(JointTuningError) {
    self.question = question
    guard let goal = question.goal ?? question.metric.direction(where: question.limits) else {
      throw .tuning(.noDirection(metric: question.metric))
    }
    self.goal = goal
    let spread = question.joint.flatMap { SpreadLimit($0, between: column) }
    self.spread = spread
    var expressions = [question.metric.expression]
    expressions += question.limits?.node.expressions ?? []
    if let inner = spread?.metric { expressions.append(inner) }
    do throws(TuningError) {
      whole = try TalliedScores(
        scores, expressions, search: question.search, isCancelled: isCancelled)
      var groups: [GroupCandidates] = []
      var members = Array(repeating: [Int](), count: count)
      for (row, code) in codes.enumerated() { members[code].append(row) }
      for rows in members {
        let source = try TalliedScores(
          scores.selecting(rows), expressions, search: question.search, isCancelled: isCancelled)
        groups.append(
          try GroupCandidates(source, rows: rows.count, question, goal, spread, isCancelled))
      }
      self.groups = groups
    } catch { throw .tuning(error) }
  }

  private static let mostPairs = 100_000_000

  /// Whether all pairs can be tried.
  var isPairwise: Bool {
    groups.count == 2 && groups[0].count * groups[1].count <= Self.mostPairs
  }

  /// The counts of all rows where each group takes one of its candidates.
  private func confusion(_ chosen: [Int]) -> Confusion {
    var (flagged, unflagged) = (ClassSums.zero, ClassSums.zero)
    let none = [ClassSums](repeating: .zero, count: whole.layout?.count ?? 0)
    var tallies = (flagged: none, unflagged: none)
    for (group, place) in zip(groups, chosen) {
      flagged = flagged + group.flagged(at: place)
      unflagged = unflagged + group.unflagged(at: place)
      let parts = group.tallies(at: place)
      tallies.flagged = zip(tallies.flagged, parts.flagged).map(+)
      tallies.unflagged = zip(tallies.unflagged, parts.unflagged).map(+)
    }
    var confusion = Confusion(
      truePositives: flagged.positives, falsePositives: flagged.negatives,
      trueNegatives: unflagged.negatives, falseNegatives: unflagged.positives)
    confusion.tallied = whole.layout.map {
      TalliedCounts(layout: $0, flagged: tallies.flagged, unflagged: tallies.unflagged)
    }
    return confusion
  }

  fileprivate func tuning(_ chosen: [Int]) throws(JointTuningError) -> JointTuning {
    guard let value = question.metric.value(of: confusion(chosen)) else {
      throw .tuning(.undefinedEverywhere(metric: question.metric.description, .atEveryThreshold))
    }
    return JointTuning(
      groups: zip(groups, chosen).map { $0.tuning(at: $1, question, goal) }, value: value)
  }
}

extension JointTask {
  /// Tries each pair of thresholds; of equal ones the stricter of the first group wins, then that of
  /// the second.
  func bestPair(_ isCancelled: () -> Bool) throws(JointTuningError) -> [Int] {
    let (first, second) = (groups[0], groups[1])
    let ties = question.ties ?? .highest
    var selector = Selector(
      Question(metric: question.metric, goal: goal, constraint: question.joint, ties: ties),
      positives: whole.positives, negatives: whole.negatives, whole.layout)
    let block = CandidateBlock(whole.layout, holdsUnflagged: true)
    for place in 0..<first.count {
      if place.isMultiple(of: 64), isCancelled() { throw .tuning(.cancelled) }
      for start in stride(from: 0, to: second.count, by: block.capacity) {
        block.fill(first, place, second, start..<min(start + block.capacity, second.count))
        selector.consider(block)
      }
    }
    guard let best = selector.best?.identity else { throw failure(selector.anyMet) }
    return [Int(best) / second.count, Int(best) % second.count]
  }

  func failure(_ anyMet: Bool) -> JointTuningError {
    let isEmpty = groups.contains { $0.count == 0 }
    if let limits = question.limits, !anyMet || isEmpty { return .infeasible(limits) }
    return .tuning(.undefinedEverywhere(metric: question.metric.description, .atEveryThreshold))
  }
}

extension CandidateBlock {
  /// Pairs of one candidate of a group with some of another.
  fileprivate func fill(
    _ first: GroupCandidates, _ place: Int, _ second: GroupCandidates, _ others: Range<Int>
  ) {
    count = others.count
    for (offset, other) in others.enumerated() {
      let flagged = first.flagged(at: place) + second.flagged(at: other)
      truePositives[offset] = flagged.positives
      falsePositives[offset] = flagged.negatives
      write(first.unflagged(at: place) + second.unflagged(at: other), at: offset)
      identities[offset] = UInt64(place * second.count + other)
    }
    guard let tallied else { return }
    for tally in first.tallySums.indices {
      let (one, more) = (first.tallySums[tally], second.tallySums[tally])
      for (offset, other) in others.enumerated() {
        let index = tally * capacity + offset
        let flagged = one.flagged[place] + more.flagged[other]
        let unflagged = one.unflagged[place] + more.unflagged[other]
        tallied.truePositives[index] = flagged.positives
        tallied.falsePositives[index] = flagged.negatives
        tallied.falseNegatives[index] = unflagged.positives
        tallied.trueNegatives[index] = unflagged.negatives
      }
    }
  }
}
