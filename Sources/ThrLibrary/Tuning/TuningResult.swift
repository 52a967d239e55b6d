import NumberText
public import ThrModel
public import ThresholdEngine

/// A tuning of the language: the threshold chosen, and on which rows.
public struct TuningResult: RemembersRows {
  public static let typeName: ObjectType.Name = "tuning"

  public let content: Tuning
  public let history: [PastUse]
  /// The rows that it was made on.
  let source: TunedRows
  /// How sure it is, where that was asked for.
  public internal(set) var confidence: ConfidenceResult?
  /// What the metric was smoothed to, where the threshold was chosen by that.
  var smoothed: SmoothedTuning?
  /// How the threshold of a group was drawn toward the overall one.
  var shrunk: ShrunkThreshold?
  /// The samples that quantiles of metrics are over, in words.
  var drawn: String?
  /// The group of its rows, if it is one of a tuning by group.
  var group: GroupKey?

  init(_ content: Tuning, history: [PastUse], source: TunedRows) {
    self.content = content
    self.history = history
    self.source = source
  }

  /// Cheap: the choice stands for the rows, equality compares each.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(content)
    hasher.combine(history)
  }

  /// A tuning holds no rows; it was made from some.
  public var provenance: Provenance? { nil }
}

extension TuningResult: HoldsDecision {
  public var decision: Value { content.threshold.map(Value.number) ?? .none }
}

extension ObjectType {
  static let tuning = ObjectType(
    TuningResult.self, "A tuned threshold, with its value, gain, plateau and confusion matrix.",
    members: [
      .group(),
      MemberOf("metric", column: true, "The metric that was optimised.") { $0.content.metric },
      MemberOf("constraint", column: true, "The constraint given as `where=`; none without one.") {
        $0.content.constraint
      },
      MemberOf(
        "guarantee", column: true,
        "What holds on new rows; none without `guarantee=`, or if no threshold has it."
      ) {
        GuaranteeResult($0.content)
      },
      MemberOf(
        "certificate", hiddenInJSON: true,
        "Proof that no other threshold is better on these rows, for `write`."
      ) { (tuning: TuningResult) throws(CallError) in try CertificateResult(tuning) },
      MemberOf(
        "threshold", threshold: { $0.content.thresholdText },
        "The threshold: flag rows that score at least this much; none to flag nothing."
      ) {
        $0.content.threshold
      },
      MemberOf(
        "interval", hiddenInJSON: true, column: true,
        "Interval for the best threshold on new rows; none without `bootstrap=`."
      ) {
        $0.confidence?.content.threshold.map { IntervalResult($0) }
      },
      MemberOf(
        "outcome",
        "“threshold” or “flag nothing”; “infeasible” if no threshold meets the constraint and "
          + "`infeasible=` chose one."
      ) {
        $0.content.isFeasible ? $0.content.outcome.text : "infeasible"
      },
      MemberOf("rule", "The decision rule as a condition on the score.") {
        $0.content.outcome.rule
      },
      MemberOf(
        "value", .metric, column: true,
        "The value of the metric on the rows that chose the threshold."
      ) {
        $0.content.value
      },
      MemberOf(
        "smoothed", .metric,
        "The smoothed value of the metric there; none without `smooth=`."
      ) { OptionalOutcome($0.smoothed.map { Outcome($0.value) }) },
      MemberOf(
        "own",
        "The best threshold of the group by itself, before `shrink=true`; none otherwise, and where "
          + "that flags nothing."
      ) { $0.shrunk?.own.threshold },
      MemberOf(
        "kept", .metric,
        "The part of the distance from the overall threshold that is kept by `shrink=true`; none "
          + "without it."
      ) { OptionalOutcome($0.shrunk.map { Outcome($0.kept) }) },
      MemberOf(
        "default", .metric, column: true,
        "The value at the default threshold: 0.5, or `default=`; none without one."
      ) {
        OptionalOutcome($0.content.default.map { Outcome($0.value) })
      },
      MemberOf(
        "gain", .metric, column: true, "The gain over the default; positive is better."
      ) {
        OptionalOutcome($0.content.default == nil ? nil : Outcome($0.content.gain))
      },
      MemberOf("precision", .metric, column: true, "The share of flags that are right.") {
        $0.content.outcome(of: .precision)
      },
      MemberOf("recall", .metric, column: true, "The share of positives that are flagged.") {
        $0.content.outcome(of: .recall)
      },
      MemberOf("flag_rate", .share, column: true, "The share of rows that are flagged.") {
        $0.content.outcome(of: .flagRate)
      },
      MemberOf("confidence", "Confidence intervals; none without `bootstrap=`.") { $0.confidence },
      MemberOf(
        "cost_ratio", .metric,
        """
        Cost ratio of a false alarm to a miss for which this threshold is best, if the scores are \
        calibrated; the inverse of the ratio of `cost_curve`, of a miss to a false alarm.
        """
      ) {
        $0.content.costRatio
      },
      MemberOf("confusion", "The confusion matrix.") { ConfusionMatrix($0.content.confusion) },
      MemberOf("plateau", choice: true, "The thresholds that give exactly the same labels.") {
        ThresholdInterval($0.content.plateau)
      },
      MemberOf("goal", "Whether the metric was maximised (max) or minimised (min).") {
        $0.content.goal.rawValue
      },
      MemberOf("ties", "Which of equally good thresholds won: the lowest or the highest.") {
        $0.content.ties.rawValue
      },
      MemberOf("search", "The thresholds that were searched.") { $0.content.search.text },
      MemberOf("rows", .count, "Number of rows that chose the threshold.") { $0.content.rows },
      MemberOf("positives", .count, "Number of positive rows.") { $0.content.positives },
      MemberOf("prevalence", .metric, "The share of rows that are positive.") {
        share($0.content.positives, of: $0.content.rows)
      },
    ] + metrics,
    hint: { $0.content.hint }, line: { "tuning: \($0.content.line)" }, text: { $0.text(on: $1) })
}

extension ObjectType {
  /// The metrics that are not members by themselves, at the decision; JSON has the counts instead.
  fileprivate static let metrics: [MemberOf<TuningResult>] = Metric.named.flatMap(metricMembers)

  private static func metricMembers(_ metric: NamedMetric) -> [MemberOf<TuningResult>] {
    let others = ([metric.name] + metric.aliases).filter { !ownMetrics.contains($0) }
    return others.map { name in
      MemberOf(name, .metric, hiddenInJSON: true, metric.summary) { tuning in
        tuning.content.outcome(of: Metric(metric))
      }
    }
  }

  private static let ownMetrics: Set<String> = ["precision", "recall", "flag_rate"]
}

/// A number, `undefined`, or `none`.
struct OptionalOutcome: ValueConvertible {
  let outcome: Outcome?

  init(_ outcome: Outcome?) { self.outcome = outcome }

  static var valueType: ValueType { .either(.number, .undefined, .none) }

  init?(_ value: Value) {
    if case .none = value {
      outcome = nil
    } else if let outcome = Outcome(value) {
      self.outcome = outcome
    } else {
      return nil
    }
  }

  var value: Value { outcome?.value ?? .none }
}

extension Decision {
  var text: String { threshold == nil ? "flag nothing" : "threshold" }

  /// “score >= 0.25603535…” in full digits, or that nothing is flagged.
  var rule: String {
    threshold.map { "score >= \($0.shortestText)" } ?? "flag nothing"
  }
}

extension Search {
  fileprivate var text: String {
    switch self {
    case .exact: "exact"
    case .grid(let from, let to, let step):
      "grid from \((from ?? 0).shortestText) to below \((to ?? 1).shortestText) "
        + "by \(step.shortestText)"
    }
  }
}

extension Tuning {
  fileprivate func outcome(of metric: Metric) -> Outcome {
    Outcome(metric.value(of: confusion), mayBeInfinite: true)
  }

  /// “θ 0.256035  F1 0.756”.
  fileprivate var hint: String {
    let place = thresholdText.map { "θ \($0)" } ?? "flag nothing"
    let value = text(value)
    let name = metric.shortName
    // Of a long formula only its value.
    let isLong = place.count + name.count + value.count > ValueDisplay.hintLength - 3
    return isLong ? "\(place)  \(value)" : "\(place)  \(name) \(value)"
  }

  /// “threshold 0.256035, f1 0.756”.
  fileprivate var line: String {
    let place = thresholdText.map { "threshold \($0)" } ?? "flag nothing"
    let exception = isFeasible ? "" : "infeasible, nearest "
    let guaranteed = certificate.map { ", \($0.guarantee.constraint) guaranteed" } ?? ""
    return "\(exception)\(place), \(metric) \(text(value))\(guaranteed)"
  }

  /// What a false alarm costs in misses where flagging from the threshold on is right: if scores are
  /// probabilities, `t / (1 - t)` (Elkan 2001).
  fileprivate var costRatio: Double? {
    guard areProbabilities, let threshold, threshold > 0, threshold < 1 else { return nil }
    return threshold / (1 - threshold)
  }

  func text(_ value: Double) -> String { metric.valueText(value) }
}

extension TuningResult {
  fileprivate func text(on surface: Surface) -> String {
    let tuning = content
    let head = tuning.thresholdText ?? "flag nothing"
    let chosen: [(String, String)?] = [
      tuning.isFeasible
        ? nil : ("infeasible", "no threshold meets the demands; `infeasible=` chose this one"),
      (tuning.threshold == nil ? "outcome" : "threshold", surface.bold(head) + interval),
      (tuning.metric.description, surface.bold(tuning.text(tuning.value)) + comparison),
      worth.map { ("", $0) },
      tuning.constraint.map { ("where", $0.description) },
    ]
    let basis: [(String, String)?] = [
      ("plateau", "\(tuning.plateau.text), the same labels throughout"),
      ("search", "\(tuning.search.text), ties: \(tuning.ties.rawValue)"),
      drawn.map { ("samples", $0) },
      smoothed.map { ("smoothed", smoothedText($0)) },
      ("rows", rowsText(tuning.rows, tuning.positives, nil)),
      flagged.map { ("flags", $0) },
      tuning.statedCut.map { ("calibrated", $0) } ?? tuning.implication.map { ("implies", $0) },
      (confidence.map(\.scarcity) ?? tuning.fewRows).map { ("caution", $0) },
    ]
    return AlignedLines(chosen + tuning.guaranteeLines + basis).text(on: surface) + "\n\n"
      + tuning.confusion.matrix(on: surface)
  }

  /// “0.708, the best of a spline through 46 thresholds”.
  private func smoothedText(_ smoothed: SmoothedTuning) -> String {
    "\(content.text(smoothed.value)), the best of a spline through "
      + "\(counted(smoothed.thresholds, "threshold"))"
  }

  /// “, 90 % interval 0.131 – 0.464”.
  private var interval: String {
    guard let confidence, let interval = confidence.content.threshold else { return "" }
    return ", \(confidence.levelText) interval \(interval.thresholdText)"
  }

  /// “0.713 to expect on new rows (0.591 – 0.820), gain 0.021 (-0.043 – 0.087)”.
  private var worth: String? {
    guard let content = confidence?.content, let worth = content.worth else { return nil }
    func text(_ estimate: Confidence.Estimate) -> String {
      let number: (Double) -> String = { self.content.text($0) }
      return number(estimate.value) + (estimate.interval.map { " (\($0.text(number)))" } ?? "")
    }
    let parts = text(worth).split(separator: " ", maxSplits: 1)
    let gain = content.gain.map { ", gain \(text($0))" } ?? ""
    return "\(parts[0]) to expect on new rows \(parts.dropFirst().joined())\(gain)"
  }

  /// “, 0.055 better than 0.701 at 0.5 (7.9 %)”.
  private var comparison: String {
    guard let reference = content.default else { return "" }
    let place = "at \(reference.threshold.exactThresholdText)"
    let rates = content.rates(at: reference.confusion)
    guard let gain = content.gain, let old = reference.value else {
      return ", undefined \(place)" + rates
    }
    let former = "\(content.text(old)) \(place)"
    if gain == 0 { return ", as \(place)" + rates }
    // Of nothing, of less than nothing and of infinity there is no percentage.
    let hasShare = old > 0 && old.isFinite && gain.isFinite
    let change = hasShare ? " (\(percentText(gain.magnitude / old)))" : ""
    return ", \(content.text(gain.magnitude)) \(gain > 0 ? "better" : "worse") than \(former)"
      + change + rates
  }

  /// “40 of 5,000 rows (0.8 %)”; of weighted rows, their weight.
  private var flagged: String? {
    let counts = content.confusion
    let flagged = counts.truePositives + counts.falsePositives
    let all = flagged + counts.trueNegatives + counts.falseNegatives
    guard all > 0 else { return nil }
    let unit = all == Double(content.rows) ? "rows" : "in weight"
    return "\(flagged.countText) of \(all.countText) \(unit) (\(percentText(flagged / all)))"
  }
}

extension Metric {
  /// The name as the field writes it: “F1”, “MCC”, “recall”.
  var shortName: String {
    let name = description
    return ["f1", "mcc"].contains(name) ? name.uppercased() : name
  }
}

extension TuningResult: RowShaped {}
