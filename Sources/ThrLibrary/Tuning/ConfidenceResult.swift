import NumberText
public import ThrModel
public import ThresholdEngine

/// How sure a tuning is, as a value of the language.
public struct ConfidenceResult: LanguageObject {
  public static let typeName: ObjectType.Name = "confidence"

  public let content: Confidence
  public let tuning: Tuning

  init(_ content: Confidence, of tuning: Tuning) {
    self.content = content
    self.tuning = tuning
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
    ConfidenceResult.self, "Bootstrap intervals of a tuning.",
    members: [
      MemberOf(
        "threshold", threshold: { $0.tuning.thresholdText }, "The tuning's threshold."
      ) {
        $0.tuning.threshold
      },
      MemberOf("interval", column: true, "Interval of the samples' thresholds.") {
        IntervalResult($0.content.threshold)
      },
      MemberOf("value", .metric, column: true, "The metric on the rows that chose the threshold.") {
        $0.tuning.value
      },
      MemberOf(
        "value_interval", "Interval of the samples' values on the rows that chose their thresholds."
      ) {
        IntervalResult($0.content.inSample.interval)
      },
      MemberOf(
        "out_of_bag", .metric, column: true,
        "The mean value on the rows that a sample left out: an estimate for new rows. A total, such "
          + "as a cost, is scaled to all rows."
      ) {
        OptionalOutcome($0.content.outOfBag.map { Outcome($0.mean) })
      },
      MemberOf("out_of_bag_interval", "Interval of the values on rows left out.") {
        $0.content.outOfBag.map { IntervalResult($0.interval) }
      },
      MemberOf(
        "gain", .metric, column: true, "The mean gain over the default, on the rows left out."
      ) {
        OptionalOutcome($0.content.gain.map { Outcome($0.mean) })
      },
      MemberOf("gain_interval", "Interval of the gains on rows left out.") {
        $0.content.gain.map { IntervalResult($0.interval) }
      },
      MemberOf("level", "Confidence level: the share of samples within an interval.") {
        $0.content.level
      },
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
    ], hint: { "θ \($0.content.threshold.thresholdText)" }, line: { $0.line },
    text: { $0.text(on: $1) })
}

extension Confidence.Interval {
  /// The ends as values of the metric.
  func text(_ number: (Double) -> String) -> String {
    let ends = [lower, upper].map { $0.isFinite ? number($0) : "flag nothing" }
    return ends[0] == ends[1] ? ends[0] : "\(ends[0]) – \(ends[1])"
  }
}

extension ConfidenceResult {
  /// “90 %, 1,000 samples”.
  var basis: String {
    "\(percentText(content.level)) of \(Double(content.replicates.count).countText) samples"
  }

  fileprivate var line: String {
    let place = tuning.thresholdText.map { "threshold \($0)" } ?? "flag nothing"
    return "confidence: \(place), \(content.threshold.thresholdText) in \(basis)"
  }

  fileprivate func text(on surface: Surface) -> String {
    let name = tuning.metric.description
    let number: (Double) -> String = { self.tuning.text($0) }
    var rows = [
      row(
        "threshold", tuning.thresholdText ?? "flag nothing", content.threshold.thresholdText),
      row(
        "\(name), rows that chose", number(tuning.value), content.inSample.interval.text(number)),
    ]
    if let outOfBag = content.outOfBag {
      rows.append(
        row("\(name), rows left out", number(outOfBag.mean), outOfBag.interval.text(number)))
    }
    if let gain = content.gain, let reference = tuning.default {
      let title = "gain over \(reference.threshold.exactThresholdText), rows left out"
      rows.append(row(title, number(gain.mean), gain.interval.text(number)))
    }
    let table = TextTable(
      header: ["", "estimate", "\(percentText(content.level)) interval"], rows: rows)
    let basis =
      "\(Double(content.replicates.count).countText) bootstrap samples, stratified, seed "
      + "\(content.seed)"
    let notes = [basis + exceptions, tuning.fewRows(judgesNewRows: true)].compactMap { $0 }.joined(
      separator: "\n")
    return [table.text(on: surface), notes].joined(separator: "\n\n")
  }

  private func row(
    _ name: String, _ estimate: String, _ interval: String
  ) -> [TextTable.Cell] {
    [TextTable.Cell(name), TextTable.Cell(estimate, isNumber: true), TextTable.Cell(interval)]
  }

  /// What some samples did instead of choosing a threshold.
  private var exceptions: String {
    let parts = [
      (content.flaggingNothing, "chose to flag nothing"),
      (content.undecided, "had no valid threshold"),
    ].filter { $0.0 > 0 }.map { "; \(Double($0.0).countText) \($0.1)" }
    return parts.joined()
  }
}

extension ConfidenceResult: RowShaped {}

extension IntervalResult: RowShaped {}
