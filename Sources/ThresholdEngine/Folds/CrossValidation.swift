import ParallelWork

/// Thresholds chosen on held-out rows, by three rules, and what each is worth on rows that did not
/// choose it.
public struct CrossValidation: Hashable, Sendable {
  public let metric: Metric
  public let goal: Direction
  public let constraint: Constraint?
  public let search: Search
  public let ties: Ties
  /// One for each of `FoldRule.allCases`.
  public let rules: [Outcome]
  /// The rule that is best by its nested value.
  public let rule: FoldRule
  /// The best of each fold by itself, of the option that the chosen rule took; `nil` where none has
  /// a value and meets the constraint.
  public let own: [Decision?]
  /// How many rows count, and how many of them are positive.
  public let rows: Int
  public let positives: Int
  public let rounds: Int
  /// How many samples the intervals are of, and where their draws began.
  public let samples: Int?
  public let level: Double
  public let seed: UInt64
  /// How each row is decided by the other folds, by the chosen rule; `nil` where a fold has no
  /// choice.
  public let nestedFlags: NestedFlags?
  /// How the metric was smoothed before thresholds were chosen.
  public let smoothing: Smoothing?

  public var chosen: Outcome { rules[FoldRule.allCases.firstIndex(of: rule) ?? 0] }

  /// What a rule chooses, and what that is worth.
  public struct Outcome: Hashable, Sendable {
    public let rule: FoldRule
    /// Which of the options it took.
    public let option: Int
    public let decision: Decision?
    /// The metric on all held-out rows, which chose the decision.
    public let value: Double?
    /// The mean of the metric over the folds.
    public let mean: Double?
    public let meetsConstraint: Bool
    /// The counts where every fold is decided by what the other folds chose; `nil` where one of
    /// them had no choice.
    public let nestedCounts: Confusion?
    public let nested: Double?
    public internal(set) var interval: Confidence.Interval?
    /// How many folds are decided with the same option.
    public let agreeing: Int
    /// How each fold is decided.
    let decisions: [Decision?]
    let options: [Int]
  }
}

/// What cross-validation is asked.
public struct FoldedQuestion: Sendable {
  public var metric: Metric
  public var goal: Direction?
  public var constraint: Constraint?
  public var search = Search.exact
  public var midpoint = false
  /// How the metric is smoothed before thresholds are chosen.
  public var smoothing: Smoothing?
  /// How many bootstrap samples give the intervals of nested values; `nil` for none.
  public var samples: Int?
  /// Which rows are drawn together; `nil` where each is drawn by itself.
  public var units: [Int]?
  public var level = 0.9
  public var seed: UInt64 = 2

  public init(
    _ metric: Metric, goal: Direction? = nil, where constraint: Constraint? = nil,
    search: Search = .exact, midpoint: Bool = false, smoothing: Smoothing? = nil
  ) {
    (self.metric, self.goal, self.constraint) = (metric, goal, constraint)
    (self.search, self.midpoint, self.smoothing) = (search, midpoint, smoothing)
  }
}

/// Chooses a threshold, and perhaps one of several options of a model, on held-out rows.
///
/// Each rule of `FoldRule` chooses once on all folds, and once without each fold, whose rows then
/// judge the choice: their counts together give the nested value. Where rows are cut into folds
/// several times, counts are means over the repetitions.
///
/// - Parameter options: the same rows in the same folds, scored by one model each.
/// - Throws: `TuningError` where no rule can choose.
/// - Complexity: O(*n* · folds) for each option, after a sort of each fold.
public func crossValidate(
  _ options: [FoldedScores], _ question: FoldedQuestion,
  isCancelled: @escaping @Sendable () -> Bool = { false }
) throws(TuningError) -> CrossValidation {
  let metric = question.metric
  guard let goal = question.goal ?? metric.direction(where: question.constraint) else {
    throw .noDirection(metric: metric)
  }
  let asked = Question(
    metric: metric, goal: goal, constraint: question.constraint, ties: question.search.ties)
  var choices: [FoldChoices] = []
  for option in options {
    let sweeps = try FoldSweeps(option, search: question.search, isCancelled: isCancelled)
    if asked.asksRows || question.smoothing != nil {
      choices.append(
        try FoldChoices(tallying: sweeps, option, asked, question, isCancelled: isCancelled))
      continue
    }
    choices.append(
      try TuningError.ifCancelled { () throws(Cancelled) in
        try FoldChoices(sweeps, asked, midpoint: question.midpoint, isCancelled: isCancelled)
      })
  }
  return try NestedJudgement(options, choices, asked).result(question, isCancelled)
}

/// Options and their choices, put together.
struct NestedJudgement {
  let options: [FoldedScores]
  let choices: [FoldChoices]
  let question: Question

  init(_ options: [FoldedScores], _ choices: [FoldChoices], _ question: Question) {
    (self.options, self.choices, self.question) = (options, choices, question)
  }

  func result(
    _ asked: FoldedQuestion, _ isCancelled: @escaping @Sendable () -> Bool
  ) throws(TuningError) -> CrossValidation {
    var rules = FoldRule.allCases.indices.map(outcome)
    guard let best = best(of: rules) else { throw try reason(asked, isCancelled) }
    if let samples = asked.samples, question.asksRows {
      for place in rules.indices {
        rules[place].interval = try interval(of: rules[place], samples, asked, isCancelled)
      }
    } else if let samples = asked.samples {
      let bootstrap = NestedBootstrap(self, rules, units: asked.units, asked)
      let intervals = try TuningError.ifCancelled { () throws(Cancelled) in
        try bootstrap.intervals(samples: samples, isCancelled)
      }
      for place in rules.indices {
        rules[place].interval = rules[place].nested.flatMap { _ in intervals[place] }
      }
    }
    let rows = options[0].rounds[0].scores.withoutWeightlessRows()
    return CrossValidation(
      metric: question.metric, goal: question.goal, constraint: question.constraint,
      search: asked.search, ties: question.ties, rules: rules, rule: rules[best].rule,
      own: choices[rules[best].option].own, rows: rows.rows, positives: rows.positives,
      rounds: options[0].rounds.count, samples: asked.samples, level: asked.level, seed: asked.seed,
      nestedFlags: flags(of: rules[best]), smoothing: asked.smoothing)
  }

  private func flags(of rule: CrossValidation.Outcome) -> NestedFlags? {
    NestedFlags(options, decisions: rule.decisions, options: rule.options)
  }

  /// The percentiles of a nested value by columns, conditions or groups; `nil` where it has none.
  private func interval(
    of rule: CrossValidation.Outcome, _ samples: Int, _ asked: FoldedQuestion,
    _ isCancelled: @escaping @Sendable () -> Bool
  ) throws(TuningError) -> Confidence.Interval? {
    guard let flags = flags(of: rule) else { return nil }
    let (rows, times) = (options[0].rounds[0].scores, options[0].rounds.count)
    let drawn = JudgedRows(
      [(flags.scores(of: rows, times: times), NestedFlags.decision)],
      units: flags.units(asked.units, rows: rows.count, times: times))
    let values = try drawn.values(
      of: [question.metric], samples: samples, seed: asked.seed, isCancelled: isCancelled)
    return Confidence.Interval(values[0][0].filter { !$0.isNaN }, level: asked.level)
  }

  /// The counts of every row as the other folds decide it.
  private func talliedCounts(_ decisions: [Decision?], _ chosen: [Int]) -> Confusion? {
    guard let flags = NestedFlags(options, decisions: decisions, options: chosen) else {
      return nil
    }
    let rows = flags.scores(
      of: options[0].rounds[0].scores, times: options[0].rounds.count)
    return try? evaluate(rows, at: NestedFlags.decision, for: [question.metric])
  }

  /// Whether a choice is better than another: first one that meets the constraint.
  private func isBetter(_ one: FoldChoices.Judged, than other: FoldChoices.Judged) -> Bool {
    guard let value = one.value, one.decision != nil else { return false }
    guard let best = other.value, other.decision != nil else { return true }
    if one.meetsConstraint != other.meetsConstraint { return one.meetsConstraint }
    return question.goal == .maximise ? value > best : value < best
  }

  private func bestOption(_ judged: (FoldChoices) -> FoldChoices.Judged) -> Int {
    choices.indices.reduce(0) { best, option in
      isBetter(judged(choices[option]), than: judged(choices[best])) ? option : best
    }
  }

  private func outcome(_ rule: Int) -> CrossValidation.Outcome {
    let option = bestOption { $0.all[rule] }
    let all = choices[option].all[rule]
    let folds = choices[0].sweeps.folds.indices
    let options = folds.map { fold in bestOption { $0.without[fold][rule] } }
    let decisions = folds.map { choices[options[$0]].without[$0][rule].decision }
    var counts: Confusion? = Confusion(tp: 0, fp: 0, positives: 0, negatives: 0)
    for fold in folds {
      counts = counts.flatMap { sum in
        decisions[fold].map {
          sum + choices[options[fold]].sweeps.confusion(of: [fold], at: $0, rounds: 1)
        }
      }
    }
    counts = counts?.shared(among: choices[0].sweeps.rounds)
    if question.asksRows { counts = talliedCounts(decisions, options) }
    return CrossValidation.Outcome(
      rule: FoldRule.allCases[rule], option: option, decision: all.decision, value: all.value,
      mean: all.decision.flatMap { choices[option].mean(at: $0) },
      meetsConstraint: all.meetsConstraint, nestedCounts: counts,
      nested: counts.flatMap { question.metric.value(of: $0) },
      agreeing: options.count { $0 == option }, decisions: decisions, options: options)
  }

  /// The best by its nested value, of those that meet the constraint.
  private func best(of rules: [CrossValidation.Outcome]) -> Int? {
    func judged(_ rule: CrossValidation.Outcome) -> FoldChoices.Judged {
      FoldChoices.Judged(
        decision: rule.decision, value: rule.nested, meetsConstraint: rule.meetsConstraint)
    }
    let best = rules.indices.reduce(0) { best, place in
      isBetter(judged(rules[place]), than: judged(rules[best])) ? place : best
    }
    if rules[best].nested != nil, rules[best].decision != nil { return best }
    return rules.firstIndex { $0.decision != nil }
  }

  /// Why there is no choice: what `tune` says of all rows.
  private func reason(
    _ asked: FoldedQuestion, _ isCancelled: () -> Bool
  ) throws(TuningError) -> TuningError {
    _ = try tune(
      options[0].rounds[0].scores, question.metric, goal: question.goal,
      where: question.constraint, search: asked.search, isCancelled: isCancelled)
    let smoothed = asked.smoothing == nil ? "" : ", smoothed"
    return .undefinedEverywhere(
      metric: question.metric.description + smoothed, .atEveryThreshold)
  }
}
