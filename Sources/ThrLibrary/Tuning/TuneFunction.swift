import NumberText
import ParallelWork
import ThrModel
public import ThrSyntax
import ThresholdEngine

extension Builtin {
  static let tune = Builtin(
    "tune", .tuning, "Chooses the threshold that optimises a metric on labelled rows.",
    documentation: """
      A row is flagged if its score is at least the threshold. Candidates are all distinct
      scores, so the answer is exact, and flagging nothing, which wins only if it is strictly
      better. With `step=` the candidates are the grid 0, step, 2·step, … below 1 and flagging
      nothing; grid thresholds above every score count as flagging nothing.

      The metric determines whether it is maximised or minimised. Arithmetic on metrics is minimised
      if mistakes raise each of its parts (`fp + 20*fn`) or if it is a distance, such as
      `abs(recall - 90%)`, else maximised (`tpr - fpr`); `goal=` overrides this. Counts and
      `flag_rate` have a goal only if the constraint rules out the trivial best: flagging nothing
      for `fp`, `tn`, `flagged` and `flag_rate`, flagging every row for `tp` and `fn`. A threshold
      where the metric or the constraint is undefined is never chosen. Of equally good thresholds
      the highest wins, on a grid the lowest.

      If no threshold meets the constraint, `tune` reports an error. With `infeasible="nearest"` it
      chooses the threshold with the smallest relative violation: a comparison is violated by 10 % if
      precision is 0.81 instead of 0.9, and of several comparisons the most violated one counts. With
      `infeasible="flag nothing"` it flags nothing.

      `where` holds on these rows; `guarantee` holds on new rows from the same source, with
      probability `level` at least: `guarantee = recall >= 90%` takes an order statistic of the
      positive scores as the highest threshold allowed, and chooses at or below it. Allowed are
      recall, fnr, specificity, fpr, flag_rate, precision (at least) and npv (at least); several
      joined by `and` hold together at `level`. The rows must be independent, and must neither have
      fitted nor calibrated the scores. Choose the guarantee and its level before looking at the
      rows; all other arguments may be chosen afterwards.

      The tuning also has the range of thresholds that give the same labels (`plateau`), the value
      at the default of 0.5, and the confusion matrix (`confusion`). With `bootstrap=1000` it also
      has intervals, and its worth on new rows, as from `confidence(…)`.

      With `by="site"` each group of rows has its own tuning, under the same constraint, guarantee
      and level; `overall` is the tuning of all rows. The result is a list, and a decision:
      `evaluate(s, at=p)` and `classify(table, at=p)` use for each row the threshold of its group, and
      the overall one for groups that the tuning does not have. Missing values are a separate group.

      With `shrink=true` the thresholds of groups are drawn toward the overall one, the more the less
      their rows settle (empirical Bayes: Efron and Morris 1975). A threshold counts as the share of
      all rows that it flags; a group keeps the part τ²/(τ² + σ²) of its distance from the overall
      share, σ² being the variance of the group's share over bootstrap samples (`bootstrap=`, by
      default 200) and τ² that of the groups by moments (DerSimonian and Laird 1986). Of the group's
      own thresholds that meet `where` and `guarantee`, the nearest to the result is chosen.

      With `smooth="spline"` the values of the metric at all thresholds are smoothed by a cubic
      spline, and the best smoothed value is chosen, as R's cutpointr does with
      `maximize_spline_metric` (`smooth.spline` with `spar=1`). `value` is still the metric's own
      value at this threshold, and `smoothed` the smoothed one. Flagging nothing does not compete.
      W0633 warns where the spline has fewer than 3 effective degrees of freedom, as on few scores:
      nearly a straight line, which is best at one of its ends.
      """,
    example: """
      s = scores([0.1, 0.4, 0.6, 0.9], [0, 1, 0, 1])
      tune(s, recall, where = precision >= 60%)
      """, foreignNames: ["cutpointr", "coords", "TunedThresholdClassifierCV"],
    Form(
      .model, .rows(.chooses), .tuningOptions, .by, result: TuningResult.valueType,
      exception: .tuningsByGroup
    ) { context, model, rows, options, by in
      try options.tuned(.model(model, rows), by: by, context)
    },
    Form(
      Parameter<ScoredRows>("scores", use: .chooses, "The scores to tune on."),
      .tuningOptions, .by, result: TuningResult.valueType, exception: .tuningsByGroup
    ) { context, scores, options, by in
      try options.tuned(.scores(scores), by: by, context)
    },
    Form(
      Parameter<StoredScoredRows>("scores", "Scores in a database or a streamed file to tune on."),
      .tuningOptions, .by, result: TuningResult.valueType, exception: .tuningsByGroup
    ) { context, scores, options, by in
      try options.tuned(.stored(scores, at: []), by: by, context)
    })
}

extension Signature.Form.Exception {
  fileprivate static var tuningsByGroup: Self { .init("by", TuningsByGroup.valueType) }
}

extension Parameter<TuningOptions> {
  fileprivate static var tuningOptions: Self {
    Parameter(
      .metric, .constraint, .guarantee, .level, .step, .from, .to, .ties, .goal, .standard,
      .bootstrap, .infeasible, .midpoint, .smooth, .shrink, .drawnTogether, .seed,
      make: TuningOptions.init)
  }
}

/// The options of `tune` for all its forms.
struct TuningOptions {
  let metric: Metric
  let constraint: Constraint?
  let guarantee: Constraint?
  let level: Double
  let step: Double?
  let from: Double?
  let to: Double?
  let ties: String?
  let goal: String?
  let standard: Double?
  let samples: Int?
  var infeasible: String
  let midpoint: Bool
  let smooth: String?
  let shrink: Bool
  let unit: String?
  let seed: Int

  func tuned(
    _ source: TunedRows, by columns: GroupColumns?, _ context: CallContext
  ) throws -> Value {
    guard let columns else {
      if shrink { throw CallError.shrinkWithoutGroups }
      return try tune(source, context).value
    }
    return try tunings(source, by: columns, context).value
  }

  func tune(_ source: TunedRows, _ context: CallContext) throws -> TuningResult {
    try metric.refuseRegret(alone: true, parameter: "metric")
    try constraint?.refuseRegret(parameter: "where")
    if samples != nil, metric.isRegret { throw CallError.noBootstrap(of: metric) }
    if isSampled { try refuseSampled(source) }
    if smooth != nil { try refuseSmoothing() }
    if case .stored(let scores, _) = source { return try tune(scores, context) }
    let scores = try source.scores()
    let search = try Search(step: step, from: from, to: to)
    let guarantee = try guarantee(on: scores)
    let direction = goal.flatMap(Direction.init)
    var demands = metric.demands
    if let constraint { demands.formUnion(constraint.demands) }
    if samples == nil, !isSampled, unit != nil { throw CallError.unitWithoutBootstrap }
    if guarantee != nil, !demands.isEmpty {
      throw CallError(
        .unsuitableArgument,
        "`guarantee` is not available with a metric or constraint by column or group",
        remedy: "tune a metric of counts, such as `cost(fp=1, fn=20)`", parameter: "guarantee")
    }
    let known = try scores.knowing(demands, context, isSearch: true)
    let drawing = try draws(of: scores)
    var tuning = try TuningError.explained(by: CallError.init) { () throws(TuningError) in
      try ThresholdEngine.tune(
        known, metric, goal: direction, where: constraint, guarantee: guarantee,
        infeasible: Infeasible(rawValue: infeasible) ?? .error, ties: ties.flatMap(Ties.init),
        search: search, midpoint: midpoint, drawing: drawing, default: standard,
        isCancelled: context.isCancelled)
    }
    let smoothed = try smoothed(tuning, known, context)
    tuning = smoothed?.tuning ?? tuning
    try scores.reportGroupsLeftOut(of: tuning.confusion, context)
    metric.cautions(goal: tuning.goal, where: limits).forEach(context.warn)
    optimisticQuantiles(tuning.goal).forEach { context.warn(.optimisticQuantile($0)) }
    if let absent = tuning.absentClass {
      context.warn(.oneClass(absent, isWeighted: scores.content.weights != nil))
    }
    if let area = try scores.content.reversedArea(tuning, context.isCancelled) {
      context.warn(.reversedScores(area))
    }
    let choice = scores.provenance.map { PastUse(.chooses, of: $0) }
    var result = TuningResult(
      tuning, history: scores.history + [choice].compactMap { $0 }, source: source)
    result.smoothed = smoothed
    if isSampled {
      result.drawn = samplesText
    } else if let samples {
      result.confidence = try result.confidence(
        BootstrapOptions(samples: samples, level: level, unit: unit, seed: seed), context)
    }
    return result
  }
}

extension TuningOptions {
  /// The tuning of rows that stay in a database or a file.
  private func tune(_ scores: StoredScoredRows, _ context: CallContext) throws -> TuningResult {
    for (isGiven, name, reason) in [
      (guarantee != nil, "guarantee", "it is certified by single rows"),
      (step != nil, "step", "all scores are searched, and the answer is exact"),
      (metric.isRegret, "metric", "regret needs the best of each metric, which is not asked yet"),
      (unit != nil, "unit", "units are made of rows"),
      (smooth != nil, "smooth", "a spline needs the value at every threshold"),
      (shrink, "shrink", "it draws samples of single rows"),
      (isSampled, "metric", "a quantile needs samples of single rows"),
    ] where isGiven {
      throw CallError.notInCounts("`\(name)` of \(scores.home.kind)", reason, parameter: name)
    }
    let tuning = try scores.tuned(
      metric, goal: goal.flatMap(Direction.init), where: constraint,
      infeasible: Infeasible(rawValue: infeasible) ?? .error, ties: ties.flatMap(Ties.init),
      midpoint: midpoint, default: standard, context)
    metric.cautions(goal: tuning.goal, where: limits).forEach(context.warn)
    if let absent = tuning.absentClass {
      context.warn(.oneClass(absent, isWeighted: scores.weight != nil))
    }
    var result = TuningResult(
      tuning, history: [],
      source: .stored(scores, at: [tuning.threshold].compactMap { $0 }))
    if let samples {
      result.confidence = try result.confidence(
        BootstrapOptions(samples: samples, level: level, unit: nil, seed: seed), context)
    }
    return result
  }
}

extension Scores {
  /// The area under the ROC curve where it is clearly below a half.
  ///
  /// Only asked for where the choice is no better than chance, since it takes a sort. “Clearly” is
  /// 1.5 standard errors of a score that knows nothing (Hanley and McNeil 1982), and 0.05 at least.
  fileprivate func reversedArea(
    _ tuning: Tuning, _ isCancelled: () -> Bool
  ) throws(Cancelled) -> Double? {
    guard positives > 0, negatives > 0, let excess = Metric.youden.value(of: tuning.confusion),
      excess <= 0
    else { return nil }
    let area = try auc(self, isCancelled: isCancelled)
    let variance = Double(rows + 1) / (12 * Double(positives) * Double(negatives))
    guard let area, area < 0.45, area <= 0.5 - 1.5 * variance.squareRoot() else { return nil }
    return area
  }
}

extension Tuning {
  /// What no row that counts is labelled, if all are the same.
  fileprivate var absentClass: String? {
    if positives == 0 { return "positive" }
    return positives == rows ? "negative" : nil
  }
}

extension Warning {
  fileprivate static func reversedScores(_ area: Double) -> Warning {
    Warning(
      .reversedScores,
      "the scores point the other way: positives score lower than negatives (AUC "
        + "\(area.metricText))",
      remedy: "take the scores with a minus sign, or check which class is the positive one")
  }

  fileprivate static func oneClass(_ absent: String, isWeighted: Bool) -> Warning {
    Warning(
      .oneClass,
      "no row\(isWeighted ? " of a weight above 0" : "") is labelled \(absent), so the threshold "
        + "separates nothing",
      remedy: "tune on rows of both classes; `positive=` of `scores` sets the positive class")
  }
}

extension Diagnostic.Kind {
  public static let reversedScores = Diagnostic.Kind(
    "W0613", "reversed-scores", .warning,
    explanation: .init(
      """
      A row is flagged where its score is high, and here positive rows score lower than negative \
      ones. Either a low score means a positive row, or the wrong class is taken as the positive one.
      """,
      wrong: """
        tune(scores([1, 2, 8, 9], [1, 1, 0, 0]), f1)
        """,
      right: """
        tune(scores([-1, -2, -8, -9], [1, 1, 0, 0]), f1)
        """))

  public static let oneClass = Diagnostic.Kind(
    "W0612", "one-class", .warning,
    explanation: .init(
      """
      A threshold separates two classes. If all rows are of one class, many thresholds are equally \
      good, and the chosen one means nothing for other rows.
      """,
      wrong: """
        s = scores([0.9, 0.8, 0.3], [0, 0, 0])
        tune(s, f1)
        """,
      right: """
        s = scores([0.9, 0.8, 0.3], [1, 0, 0])
        tune(s, f1)
        """))
}

extension Search {
  /// The grid that these arguments ask for, or every score.
  init(step: Double?, from: Double?, to: Double?) throws(CallError) {
    guard let step else {
      for (bound, name) in [(from, "from"), (to, "to")] where bound != nil {
        throw .boundWithoutStep(name)
      }
      self = .exact
      return
    }
    self = .grid(from: from, to: to, step: step)
  }
}

extension CallError {
  fileprivate static let unitWithoutBootstrap = CallError(
    .unsuitableArgument, "`unit` is for bootstrap samples",
    remedy: "add `bootstrap=1000`, or remove `unit`", parameter: "unit")

  fileprivate static func boundWithoutStep(_ name: String) -> CallError {
    CallError(
      .unsuitableArgument, "`\(name)` is only for a grid",
      remedy: "add `step=`, or remove `\(name)`", parameter: name)
  }

  init(_ error: TuningError) {
    switch error {
    case .noDirection(let metric): self = .noDirection(metric)
    case .undefinedEverywhere(let metric, let reason):
      self.init(
        .undefinedEverywhere, "`\(metric)` is undefined for every threshold: \(reason.rawValue)")
    case .infeasible(let constraint, let nearest, let reach):
      self = .infeasible(constraint, nearest, reach)
    case .flaggingNothingFails(let constraint):
      self.init(
        .infeasible, "no threshold meets `\(constraint)`, nor does flagging nothing",
        remedy: "write `infeasible=\"nearest\"`, or weaken the constraint", parameter: "infeasible")
    case .tooFewRows(let part, let certificate): self = .tooFewRows(part, certificate)
    case .uncertified(let certificate, let runs): self = .uncertified(certificate, runs)
    case .guaranteeExcludes(let constraint): self = .guaranteeExcludes(constraint)
    case .unequalWeights(let constraint): self = .unequalWeights(constraint)
    case .scoresOutsideUnitInterval(let lowest, let highest):
      self = .outsideUnitInterval(lowest, highest)
    case .badStep, .tooManyPoints:
      self.init(.unsuitableArgument, error.description, parameter: "step")
    case .badRange:
      self.init(.unsuitableArgument, error.description, parameter: "from")
    case .unknownRows, .cancelled:
      self.init(.unsuitableArgument, error.description)
    }
  }

  private static func outsideUnitInterval(_ lowest: Double, _ highest: Double) -> CallError {
    CallError(
      .unsuitableArgument,
      "a grid from 0 to 1 needs scores in that range; these are from \(lowest.thresholdText) to "
        + highest.thresholdText,
      remedy: "remove `step` to search every score, or set `from=` and `to=`",
      parameter: "step")
  }
}
