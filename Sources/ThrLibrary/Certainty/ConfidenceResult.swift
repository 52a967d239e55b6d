import NumberText
public import ThrModel
public import ThresholdEngine

/// How sure a tuning is, as a value of the language.
public struct ConfidenceResult: LanguageObject {
  public static let typeName: ObjectType.Name = "confidence"

  public let content: Confidence
  public let tuning: Tuning
  /// The column whose equal values were drawn together.
  let unit: String?

  init(_ content: Confidence, of tuning: Tuning, unit: String? = nil) {
    self.content = content
    self.tuning = tuning
    self.unit = unit
  }
}

/// The two ends between which most samples fall, as a value of the language.
public struct IntervalResult: LanguageObject {
  public static let typeName: ObjectType.Name = "interval"

  public let content: Confidence.Interval
  /// The metric whose values it holds; `nil` for thresholds.
  let metric: Metric?

  /// - Parameter metric: the metric whose values the interval holds; `nil` for thresholds.
  init(_ content: Confidence.Interval, of metric: Metric? = nil) {
    self.content = content
    self.metric = metric
  }

  /// “0.131 – 0.464”.
  fileprivate var text: String {
    metric.map(content.text(of:)) ?? content.thresholdText
  }
}

extension ObjectType {
  static let interval = ObjectType(
    IntervalResult.self, "A confidence interval; both ends are included.",
    members: [
      MemberOf(
        "lower", threshold: { $0.content.ends.lower },
        "The lower end; none if that is to flag nothing, or infinite."
      ) {
        $0.content.lower.isFinite ? $0.content.lower : nil
      },
      MemberOf(
        "upper", threshold: { $0.content.ends.upper },
        "The upper end; none if that is to flag nothing, or infinite."
      ) {
        $0.content.upper.isFinite ? $0.content.upper : nil
      },
    ], line: { $0.text }, text: { $0.text })

  static let confidence = ObjectType(
    ConfidenceResult.self, "Confidence intervals of a tuning.",
    members: [
      MemberOf(
        "threshold", threshold: { $0.tuning.thresholdText }, "The tuning's threshold."
      ) {
        $0.tuning.threshold
      },
      MemberOf(
        "interval", column: true,
        "Interval for the best threshold on new rows; none with fewer than 5 rows of a class."
      ) {
        $0.content.threshold.map { IntervalResult($0) }
      },
      MemberOf("value", .metric, column: true, "The metric on the rows that chose the threshold.") {
        $0.tuning.value
      },
      MemberOf(
        "worth", .metric, column: true,
        "The value to expect of the threshold on new rows: the value corrected for the choice; a total,"
          + " such as a cost, is that of as many rows."
      ) {
        $0.content.worth?.value
      },
      MemberOf("worth_interval", "Interval for the value on new rows.") { confidence in
        confidence.content.worth?.interval.map { IntervalResult($0, of: confidence.tuning.metric) }
      },
      MemberOf(
        "gain", .metric, column: true, "The gain over the default to expect on new rows."
      ) {
        $0.content.gain?.value
      },
      MemberOf("gain_interval", "Interval for the gain on new rows.") { confidence in
        confidence.content.gain?.interval.map { IntervalResult($0, of: confidence.tuning.metric) }
      },
      MemberOf(
        "where_level", .share,
        "1 - p of the exact binomial test that a limit of `where` is missed, the lowest of several "
          + "limits; no guarantee, since the same rows chose the threshold. None if a limit is not "
          + "of rates of single rows."
      ) {
        $0.content.constraintLevel
      },
      MemberOf(
        "metrics", hiddenInJSON: true,
        "The metrics given as `metric=`, each with `name`, `value`, `worth` and `interval`."
      ) {
        $0.content.worths.dropFirst().map(JudgedMetric.init)
      },
      MemberOf("level", "Confidence level of the intervals.") { $0.content.level },
      MemberOf("samples", .count, "Number of bootstrap samples.") { $0.content.replicates.count },
      MemberOf("undecided", .count, "Number of samples without a valid threshold.") {
        $0.content.undecided
      },
      MemberOf("flagging_nothing", .count, "Number of samples that chose to flag nothing.") {
        $0.content.flaggingNothing
      },
      MemberOf("seed", "Seed of the random number generator.") { Double($0.content.seed) },
      MemberOf(
        "thresholds", hiddenInJSON: true, "The threshold of each sample; none if it flags nothing."
      ) {
        $0.content.replicates.compactMap { $0.outcome.map(\.threshold) }
      },
    ], hint: { $0.hint }, line: { $0.line }, text: { $0.text(on: $1) })
}

/// A further metric and its interval, as a record of the language.
private struct JudgedMetric: ValueConvertible {
  let value: Value

  static var valueType: ValueType {
    .record([
      .init("name", .text), .init("value", .numberOrUndefined), .init("worth", Double?.valueType),
      .init("interval", IntervalResult?.valueType),
    ])
  }

  init(_ worth: Confidence.Worth) {
    let interval = worth.estimate?.interval.map { IntervalResult($0, of: worth.metric) }
    value =
      Record([
        .init("name", .text(worth.metric.description)),
        .init("value", Outcome(worth.value, mayBeInfinite: true).value),
        .init("worth", (worth.estimate?.value).value), .init("interval", interval.value),
      ]).value
  }

  init?(_ value: Value) {
    guard case .record = value else { return nil }
    self.value = value
  }
}

extension ConfidenceResult: RowShaped {}

extension IntervalResult: RowShaped {}
