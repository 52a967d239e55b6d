import ThrModel
import ThresholdEngine

extension Builtin {
  static let compare = Builtin(
    "compare", .tuning,
    "Differences between evaluations, scores or cross-validations on the same rows.",
    documentation: """
      Each entry is compared with the first: `gain` is positive where it is better, with its interval
      and the p-value of the test that the two do not differ. All entries are evaluated on the same
      rows (a paired test).

      Evaluations take metrics: `compare({old: e1, new: e2}, f1)`. Scores take measures without a
      threshold, by their names: `auc`, `average_precision`, `brier`, `log_loss`. The test of `auc` is
      that of DeLong and others (1988), or a bootstrap test with `unit=` or weights; all others are
      bootstrap tests: their p-value is the smallest α for which the interval of level 1 - α leaves
      out 0. With `unit=` rows of a unit are drawn together.

      Cross-validations take metrics: each row is decided by the threshold that the other folds chose
      for it, so that the values are the nested ones. Their folds may differ, their rows may not.

      A comparison on test rows counts as one use of these rows. The best entry looks better than it
      is, and the more entries there are, the more so; p-values and intervals are not adjusted for
      the number of entries.
      """,
    effect: .draws,
    example: """
      s = scores([0.1, 0.3, 0.4, 0.6, 0.7, 0.9], [0, 0, 1, 0, 1, 1])
      compare({low: evaluate(s, at=0.35), high: evaluate(s, at=0.65)}, f1)
      """, foreignNames: ["mcnemar"], judgesTogether: true,
    Form(
      Parameter<EvaluationResult>("a", "The first evaluation."),
      Parameter<EvaluationResult>(
        "b", "The second evaluation, of the same rows; `gain` is how much better it is."),
      .measures, .comparison
    ) { context, a, b, measures, options in
      try Comparing([("a", .evaluation(a)), ("b", .evaluation(b))], measures, options)
        .answer(context)
    },
    Form(
      Parameter<ScoredRows>("a", "The first scores."),
      Parameter<ScoredRows>(
        "b", "The second scores, of the same rows; `gain` is how much better they are."),
      .measures, .comparison
    ) { context, a, b, measures, options in
      try Comparing([("a", .scores(a)), ("b", .scores(b))], measures, options).answer(context)
    },
    Form(
      Parameter<Record>(
        "entries", "Evaluations, scores or cross-validations by name, at least two."), .measures,
      .comparison
    ) { context, record, measures, options in
      let entries = try record.fields.map { ($0.name, try ComparedEntry($0.value, $0.name)) }
      return try Comparing(entries, measures, options).answer(context)
    },
    Form(
      Parameter<List>("entries", "Evaluations, scores or cross-validations, at least two."),
      .measures, .comparison
    ) { context, list, measures, options in
      let entries = try list.enumerated().map { position, value in
        let name = ComparedEntry.name(position)
        return (name, try ComparedEntry(value, name))
      }
      return try Comparing(entries, measures, options).answer(context)
    },
    forms: [
      Form(
        Parameter<CrossValidationResult>("a", "The cross-validation to compare with."),
        Parameter<CrossValidationResult>("b", "The other cross-validation, of the same rows."),
        .measures, .comparison
      ) { context, a, b, measures, options in
        try Comparing([("a", .validation(a)), ("b", .validation(b))], measures, options)
          .answer(context)
      }
    ])
}

/// How entries are compared.
struct ComparisonOptions {
  let level: Double
  let samples: Int
  let unit: String?
  let seed: Int
}

extension Parameter<ComparisonOptions> {
  fileprivate static var comparison: Self {
    Parameter(.level, .samples, .drawnTogether, .seed, make: ComparisonOptions.init)
  }
}

extension Parameter<ComparedMeasures> {
  fileprivate static var measures: Self {
    Parameter(
      "metric",
      "For evaluations and cross-validations a metric; for scores `auc`, `average_precision`, `brier` or `log_loss`. Or "
        + "a list of them.")
  }
}

/// One entry of a comparison.
enum ComparedEntry {
  case evaluation(EvaluationResult)
  case scores(ScoredRows)
  case validation(CrossValidationResult)

  init(_ value: Value, _ name: String) throws(CallError) {
    if let evaluation = EvaluationResult(value) {
      self = .evaluation(evaluation)
    } else if let scores = ScoredRows(value) {
      self = .scores(scores)
    } else if let validation = CrossValidationResult(value) {
      self = .validation(validation)
    } else {
      throw .notComparable(name, value.type)
    }
  }

  /// “a”, “b”, …, as there are letters.
  static func name(_ position: Int) -> String {
    let letters = Array("abcdefghijklmnopqrstuvwxyz")
    return position < letters.count ? String(letters[position]) : "entry \(position)"
  }

  /// The rows that it is judged on.
  func rows() throws(CallError) -> ScoredRows {
    switch self {
    case .evaluation(let evaluation): try evaluation.source.scores()
    case .scores(let scores): scores
    case .validation(let validation): validation.scores
    }
  }
}

/// What entries are compared by.
struct ComparedMeasures: ValueConvertible {
  /// Metrics, and functions of scores.
  let values: [Value]

  static var valueType: ValueType {
    .either(.metric, .function, .list(.either(.metric, .function)))
  }

  init?(_ value: Value) {
    switch value {
    case .metric, .function: values = [value]
    case .list(let list): values = Array(list)
    default: return nil
    }
    let fits = values.allSatisfy { value in
      switch value {
      case .metric, .function: true
      default: false
      }
    }
    guard fits, !values.isEmpty else { return nil }
  }

  var value: Value { values.count == 1 ? values[0] : .list(List(values)) }
}

extension ScoreMeasure {
  static let named: [(name: String, measure: ScoreMeasure)] = [
    ("auc", .auc), ("average_precision", .averagePrecision), ("brier", .brier),
    ("log_loss", .logLoss),
  ]

  var name: String { Self.named.first { $0.measure == self }?.name ?? "auc" }

  /// The measure that a function's name means.
  init(_ value: Value) throws(CallError) {
    guard case .function(let function) = value else { throw .needsDecision(value) }
    guard function.target == nil,
      let found = Self.named.first(where: { $0.name == function.name })
    else { throw .noMeasure(function.name) }
    self = found.measure
  }
}

extension CallError {
  fileprivate static func notComparable(_ name: String, _ type: ValueType) -> CallError {
    CallError(
      .typeMismatch,
      "`\(name)` is \(type.withArticle), and `compare` takes evaluations, scores or "
        + "cross-validations",
      remedy: "evaluate a decision first: `evaluate(scores, at=…)`", parameter: "entries")
  }

  fileprivate static func needsDecision(_ value: Value) -> CallError {
    let text = Metric(value)?.description ?? "…"
    return CallError(
      .unsuitableArgument, "`\(text)` needs a threshold, and these are scores",
      remedy: "compare evaluations: `compare(evaluate(a, at=…), evaluate(b, at=…), \(text))`",
      parameter: "metric")
  }

  fileprivate static func noMeasure(_ name: String) -> CallError {
    CallError(
      .unsuitableArgument, "`compare` does not measure scores by `\(name)`",
      remedy: "use `auc`, `average_precision`, `brier` or `log_loss`", parameter: "metric")
  }
}
