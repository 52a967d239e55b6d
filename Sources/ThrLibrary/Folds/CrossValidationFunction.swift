import NumberText
import TableIO
import ThrModel
import ThrSyntax
import ThresholdEngine

extension Builtin {
  static let cv = Builtin(
    "cv", .tuning, "Cross-validation: chooses a threshold on rows that each model has not seen.",
    documentation: """
      `cv(logreg, data.train, f1)` fits a model on all folds but one and scores the rows of that
      fold, for each fold in turn. `cv(scores, f1, folds="fold")` takes scores that were made in this
      way, such as out-of-fold predictions of another program; the column says which rows were held
      out together.

      The best thresholds of the folds differ. Three rules combine them into one: the best on all
      out-of-fold scores pooled; the threshold where the mean of the folds' curves is best (as
      scikit-learn's `TunedThresholdClassifierCV`, but at every score and without interpolation);
      and the median of the folds' own thresholds. `value` is the metric on the rows that chose the
      threshold; for `nested`, each fold is evaluated at the threshold chosen on the other folds, so
      no row evaluates a threshold that it helped to choose. The rule with the best nested value wins.
      Its nested value is the best of three, so it is slightly too good.

      `fit` is a function of rows that gives a model, such as `logreg`. `grid=` gives it options:
      with `grid={c: [0.1, 1, 10]}` the option and the threshold are chosen together, for the nested
      value also on the other folds only. `model` is fitted on all rows.

      Folds keep the share of positives; they equal those of scikit-learn's
      `RepeatedStratifiedKFold(n_splits=folds, n_repeats=repeats, random_state=seed)`. With `unit=`,
      all rows of a unit, such as a patient, are in one fold. The interval is that of the nested
      value over bootstrap samples of the rows of each class, or of units of any class. Models and
      thresholds are kept: it leaves out how much they vary.

      Of scores, metrics may be by column or group, such as `cost(fp=4, fn="amount")`; each fold is
      then one more sort of its rows. `smooth="spline"` chooses by smoothed curves, as in `tune`.
      """,
    effect: .draws,
    example: """
      s = scores([0.1, 0.4, 0.6, 0.9, 0.2, 0.7], [0, 1, 0, 1, 0, 1])
      cv(s, f1, folds=3).rules
      """,
    argumentRemedies: [
      "guarantee":
        "a guarantee is for one model: set rows aside with `split`, and `tune` on them",
      "samples": "use `bootstrap=1000`",
    ],
    foreignNames: [
      "cross_validate", "cross_val_score", "StratifiedKFold", "GridSearchCV", "vfold_cv",
    ],
    Form(
      Parameter<Function>("fit", "A function of rows that gives a model, such as `logreg`."),
      Parameter<DatasetRows>("rows", use: .chooses, "The rows, such as `data.train`."),
      .folding,
      Parameter<Record?>(
        "grid", "Options of `fit` to choose from: a record of lists, such as `{c: [0.1, 1, 10]}`.")
    ) { context, fit, rows, options, grid in
      try FoldedFits(fit, rows, options, grid: grid, context).result()
    },
    Form(
      Parameter<ScoredRows>("scores", use: .chooses, "Out-of-fold scores."), .folding
    ) { context, scores, options in try scores.crossValidated(options, context) })
}

/// The options of `cv` for both its forms.
struct FoldingOptions {
  let metric: Metric
  let folds: FoldsArgument
  let repeats: Int
  let constraint: Constraint?
  let step: Double?
  let goal: String?
  let midpoint: Bool
  let smooth: String?
  let unit: String?
  let samples: Int
  let level: Double
  let seed: Int
}

extension Parameter<FoldingOptions> {
  fileprivate static var folding: Self {
    Parameter(
      Parameter<Metric>(
        "metric", kind: .objective(goal: "goal", constraints: ["where"]),
        "The metric to optimise, or arithmetic on metrics."),
      Parameter<FoldsArgument>(
        "folds", default: .count(5),
        "Number of folds, or the column whose equal values were held out together."),
      Parameter<Int>(
        "repeats", in: 1...1_000, default: 1, "Number of times that the rows are split into folds."),
      .constraint, .step, .goal, .midpoint, .smooth,
      Parameter<String?>("unit", "Column whose equal values stay together in one fold."),
      Parameter<Int>(
        "bootstrap", in: 1...1_000_000, default: 1_000, unit: "samples",
        "Number of bootstrap samples for the interval of the nested value."),
      .level,
      Parameter<Int>(
        "seed", in: 0...4_294_967_295, default: 2, "Seed of the random number generator."),
      make: FoldingOptions.init)
  }
}

/// A number of folds, or a column that names them.
enum FoldsArgument: ValueConvertible {
  case count(Int)
  case column(String)

  static var valueType: ValueType { .either(.number, .text) }

  init?(_ value: Value) {
    switch value {
    case .number(let number):
      guard let count = Int(exactly: number) else { return nil }
      self = .count(count)
    case .text(let name): self = .column(name)
    default: return nil
    }
  }

  var value: Value {
    switch self {
    case .count(let count): .number(Double(count))
    case .column(let name): .text(name)
    }
  }
}

extension FoldingOptions {
  /// What the engine is asked.
  ///
  /// - Parameter units: which rows are drawn together.
  func question(units: [Int]?) throws(CallError) -> FoldedQuestion {
    try demands.refuseSearched()
    var question = FoldedQuestion(
      metric, goal: goal.flatMap(Direction.init), where: constraint,
      search: try Search(step: step, from: nil, to: nil), midpoint: midpoint,
      smoothing: smooth.flatMap(Smoothing.init))
    (question.samples, question.units) = (samples, units)
    (question.level, question.seed) = (level, UInt64(seed))
    return question
  }

  /// What the metric and the constraint ask of rows.
  var demands: RowDemands {
    var demands = metric.demands
    if let constraint { demands.formUnion(constraint.demands) }
    return demands
  }

  /// Refuses metrics by column or group, of which a dataset's rows know nothing.
  func refuseDemands() throws(CallError) {
    if !demands.isEmpty { throw .foldedDemands }
  }
}

extension CallError {
  fileprivate static let foldedDemands = CallError(
    .unsuitableArgument, "`cv` of a dataset takes metrics of counts only, not by column or group",
    remedy: "give scores of a table that has the column, and its folds: "
      + "`cv(scores, …, folds=\"fold\")`", parameter: "metric")
}
