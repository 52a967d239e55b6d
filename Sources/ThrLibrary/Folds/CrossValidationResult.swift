import NumberText
import TableIO
public import ThrModel
public import ThresholdEngine

/// A cross-validation of the language: the threshold chosen on held-out rows.
public struct CrossValidationResult: RemembersRows {
  public static let typeName: ObjectType.Name = "cv"

  public let content: CrossValidation
  public let history: [PastUse]
  /// The options that were chosen from a grid.
  let best: Record?
  /// The model of all rows; `nil` where scores were given.
  let model: FittedModel?
  /// Out-of-fold scores.
  let scores: ScoredRows

  init(
    _ content: CrossValidation, history: [PastUse], best: Record?, model: FittedModel?,
    scores: ScoredRows
  ) {
    self.content = content
    self.history = history
    self.best = best
    self.model = model
    self.scores = scores
  }

  /// Cheap: the choice stands for the rows, equality compares each.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(content)
    hasher.combine(history)
  }

  /// It holds no rows; it was made from some.
  public var provenance: Provenance? { nil }

  var decision: Decision { content.chosen.decision ?? .flagNothing }
}

extension ObjectType {
  static let crossValidation = ObjectType(
    CrossValidationResult.self, "A threshold chosen by cross-validation.",
    members: [
      MemberOf("metric", column: true, "The metric that was optimised.") { $0.content.metric },
      MemberOf("constraint", "The constraint given as `where=`; none without one.") {
        $0.content.constraint
      },
      MemberOf(
        "threshold", threshold: { $0.decision.threshold?.exactThresholdText },
        "The threshold of the chosen rule; none to flag nothing."
      ) { $0.decision.threshold },
      MemberOf(
        "rule", column: true,
        "The rule with the best nested value: “pooled scores”, “mean curve” or “median of "
          + "folds”."
      ) { $0.content.rule.rawValue },
      MemberOf(
        "rules",
        "A record for each rule: its `threshold`; the metric's `value` on all held-out rows "
          + "together, and its `mean` over the folds; `nested`, the value on rows that did not "
          + "choose the threshold, with the ends of its interval."
      ) { $0.content.rules.map(RuleRecord.init) },
      MemberOf(
        "thresholds", choice: true,
        "The best threshold of each fold alone; none where it flags nothing or there is none."
      ) { $0.content.own.map { $0?.threshold } },
      MemberOf(
        "value", .metric, column: true,
        "The value of the metric on the out-of-fold rows, which chose the threshold."
      ) { OptionalOutcome($0.content.chosen.value.map { Outcome($0) }) },
      MemberOf(
        "nested", .metric, column: true,
        "The value to expect on new rows: each fold is evaluated at the threshold chosen on the "
          + "other folds; slightly too good, as the best of three rules; none where a fold has no "
          + "valid threshold."
      ) { OptionalOutcome($0.content.chosen.nested.map { Outcome($0) }) },
      MemberOf("nested_interval", "Bootstrap interval of the nested value.") {
        $0.content.chosen.interval.map { IntervalResult($0) }
      },
      MemberOf("best", "The options chosen from `grid`, as a record; none without a grid.") {
        $0.best.map(Value.record) ?? .none
      },
      MemberOf(
        "model", hiddenInJSON: true, "The model fitted on all rows; none where scores were given."
      ) { $0.model },
      MemberOf(
        "scores", hiddenInJSON: true,
        "The out-of-fold scores; with `repeats=`, those of the first split."
      ) { $0.scores },
      MemberOf("advice", "How much the folds and the rules differ, in a sentence.") { $0.advice },
      MemberOf("folds", .count, "Number of folds.") {
        $0.content.own.count / max($0.content.rounds, 1)
      },
      MemberOf("repeats", .count, "Number of times that the rows were split into folds.") {
        $0.content.rounds
      },
      MemberOf("goal", "Whether the metric was maximised (max) or minimised (min).") {
        $0.content.goal.rawValue
      },
      MemberOf("level", "Confidence level of the interval.") { $0.content.level },
      MemberOf("rows", .count, "Number of rows.") { $0.content.rows },
      MemberOf("positives", .count, "Number of positive rows.") { $0.content.positives },
      MemberOf("prevalence", .metric, "The share of rows that are positive.") {
        share($0.content.positives, of: $0.content.rows)
      },
    ], hint: { $0.hint }, line: { "cv: \($0.line)" }, text: { $0.text(on: $1) })
}

/// What a rule chooses, as a record.
private struct RuleRecord: ValueConvertible {
  let value: Value

  init(_ outcome: CrossValidation.Outcome) {
    let numbers = [outcome.value, outcome.mean, outcome.nested].map { number in
      OptionalOutcome(number.map { Outcome($0) }).value
    }
    let values: [Value] =
      [.text(outcome.rule.rawValue), outcome.decision?.threshold.value ?? .none] + numbers
      + [outcome.interval?.lower, outcome.interval?.upper].map { $0?.value ?? .none }
    value = .record(Record(zip(Self.fields, values).map { Record.Field($0.name, $1) }))
  }

  init?(_ value: Value) { self.value = value }

  static var valueType: ValueType { .record(fields) }

  private static let fields: [ValueType.Field] = [
    .init("rule", .text), .init("threshold", .either(.number, .none)),
    .init("value", OptionalOutcome.valueType), .init("mean", OptionalOutcome.valueType),
    .init("nested", OptionalOutcome.valueType), .init("lower", .either(.number, .none)),
    .init("upper", .either(.number, .none)),
  ]
}

extension CrossValidationResult: Tabular {
  static let tableSummary: String? =
    "A cross-validation, a row for each rule: threshold, value, mean, nested value and interval."

  var table: Table {
    get throws(CallError) {
      let rules = content.rules
      func numbers(_ name: String, _ number: (CrossValidation.Outcome) -> Double?) -> Column {
        Column(name, numbers: rules.map { number($0) ?? .nan })
      }
      return try Table(named: [
        Column("rule", texts: rules.map(\.rule.rawValue)),
        numbers("threshold") { $0.decision?.threshold }, numbers("value", \.value),
        numbers("mean", \.mean), numbers("nested", \.nested),
        numbers("lower") { $0.interval?.lower }, numbers("upper") { $0.interval?.upper },
      ])
    }
  }
}

extension CrossValidationResult: HoldsMemory {
  public var footprint: Int { 1_024 + scores.footprint + scores.content.count * content.rounds }
}
